package dev.tiaki.engine.packet;

import java.io.Closeable;
import java.io.IOException;

/** Hands over frames one after the other. Used by one thread. */
public interface FrameSource extends Closeable {
  /**
   * Fills {@code packet} with the next frame.
   *
   * @return false at the end; the packet is untouched then
   * @throws IOException when the source is broken; the message names it and says where
   */
  boolean next(Packet packet) throws IOException;
}
