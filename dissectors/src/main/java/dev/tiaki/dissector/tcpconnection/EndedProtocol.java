package dev.tiaki.dissector.tcpconnection;

import dev.tiaki.engine.buffer.BufferIterator;
import dev.tiaki.engine.buffer.BufferStream;
import dev.tiaki.engine.flow.Direction;

/**
 * A protocol on a connection that has ended: nothing is left to read. It knows nothing of the
 * connection, so that one stands for all connections of its protocol.
 *
 * @param name the name of the protocol, such as {@code http}
 */
public record EndedProtocol(String name) implements StreamDissector {
  @Override
  public void receive(
      TcpFlow flow, BufferStream stream, BufferIterator current, Direction direction) {
    flow.send(direction);
  }
}
