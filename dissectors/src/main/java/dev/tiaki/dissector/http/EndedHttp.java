package dev.tiaki.dissector.http;

import dev.tiaki.dissector.tcpconnection.StreamDissector;
import dev.tiaki.dissector.tcpconnection.TcpFlow;
import dev.tiaki.engine.buffer.BufferIterator;
import dev.tiaki.engine.buffer.BufferStream;
import dev.tiaki.engine.flow.Direction;

/** HTTP on a connection that has ended: nothing is left to read. */
public enum EndedHttp implements StreamDissector {
  /** The only one; it knows nothing of the connection. */
  INSTANCE;

  @Override
  public void receive(
      TcpFlow flow, BufferStream stream, BufferIterator current, Direction direction) {
    flow.send(direction);
  }
}
