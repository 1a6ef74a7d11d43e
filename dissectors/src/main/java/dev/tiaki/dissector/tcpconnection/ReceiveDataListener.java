package dev.tiaki.dissector.tcpconnection;

import dev.tiaki.engine.buffer.BufferIterator;
import dev.tiaki.engine.buffer.BufferStream;
import dev.tiaki.engine.flow.Direction;

/** Listens to the data of connections, in order. */
@FunctionalInterface
public interface ReceiveDataListener {
  /**
   * New data begins at {@code current}, or the stream has finished and {@code current} is at its
   * end. What is edited in {@code stream} is what the other end receives.
   */
  void receiveData(TcpFlow flow, BufferStream stream, BufferIterator current, Direction direction);
}
