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

  /**
   * Returns what stands for this protocol on a connection that has ended and is only remembered, as
   * packets of it may be repeated for minutes. A capture or an attacker makes hundreds of thousands
   * of such connections, so that what they would keep for nobody is let go here.
   */
  default StreamDissector remains() {
    return this;
  }
}
