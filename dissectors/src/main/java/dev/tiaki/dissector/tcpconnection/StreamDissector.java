package dev.tiaki.dissector.tcpconnection;

import dev.tiaki.engine.buffer.BufferIterator;
import dev.tiaki.engine.buffer.BufferStream;
import dev.tiaki.engine.flow.Direction;

/** A protocol that stands on one TCP connection. */
public interface StreamDissector {
  /**
   * New data begins at {@code current}, or the stream has finished. Nothing leaves before the
   * dissector calls {@link TcpFlow#send}.
   */
  void receive(TcpFlow flow, BufferStream stream, BufferIterator current, Direction direction);
}
