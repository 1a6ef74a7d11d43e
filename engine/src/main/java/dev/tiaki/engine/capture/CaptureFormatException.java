package dev.tiaki.engine.capture;

import java.io.IOException;

/**
 * A capture file is broken, or no capture at all. The message is for people: it names the file, the
 * place and what can be done.
 */
public final class CaptureFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final long byteOffset;

  CaptureFormatException(String file, long byteOffset, String text) {
    super(file + ": " + text);
    this.file = file;
    this.byteOffset = byteOffset;
  }

  /** Returns the file's name as it was given. */
  public String file() {
    return file;
  }

  /**
   * Returns where the file stops making sense, in bytes from its beginning; in a compressed file,
   * from the beginning of what it holds.
   */
  public long byteOffset() {
    return byteOffset;
  }
}
