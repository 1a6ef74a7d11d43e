package dev.tiaki.engine.capture;

import dev.tiaki.engine.packet.FrameSource;

/** A capture file that is being read. */
public interface Capture extends FrameSource {
  /** Returns what the file says about its frames; known from the beginning. */
  CaptureLayout layout();

  /** Returns the file's name as it was given. */
  String name();

  /** Returns how many frames were read. */
  long packets();

  /** Returns how many bytes were read, 0 when that is not known. */
  long offset();

  /** Returns the file's size in bytes, -1 when that is not known beforehand. */
  long size();
}
