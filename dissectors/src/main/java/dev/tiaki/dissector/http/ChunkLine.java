package dev.tiaki.dissector.http;

/** Reads the line before a chunk, byte by byte: its size and extensions (RFC 9112 section 7.1). */
final class ChunkLine {
  enum Result {
    MORE,
    COMPLETE,
    FAILED
  }

  private enum Part {
    SIZE,
    BLANKS,
    EXTENSION,
    LINE_FEED
  }

  private static final int MAX_BYTES = 4096;

  private Part part = Part.SIZE;
  private long size;
  private int bytes;

  void begin() {
    part = Part.SIZE;
    size = 0;
    bytes = 0;
  }

  /** Returns the size of the chunk, once the line is complete. */
  long size() {
    return size;
  }

  boolean isBegun() {
    return bytes > 0;
  }

  Result take(int value) {
    if (++bytes > MAX_BYTES) {
      return Result.FAILED;
    }
    return switch (part) {
      case SIZE -> inSize(value);
      case BLANKS -> behindSize(value);
      case EXTENSION -> inExtension(value);
      case LINE_FEED -> value == Ascii.LF ? Result.COMPLETE : Result.FAILED;
    };
  }

  private Result inSize(int value) {
    int digit = Ascii.hex(value);
    if (digit < 0) {
      return bytes == 1 ? Result.FAILED : behindSize(value);
    }
    if (size > (Long.MAX_VALUE - digit) >> 4) {
      return Result.FAILED;
    }
    size = size << 4 | digit;
    return Result.MORE;
  }

  private Result behindSize(int value) {
    if (Ascii.isBlank(value)) {
      part = Part.BLANKS;
      return Result.MORE;
    }
    return value == ';' || Ascii.isLineEnd(value) ? inExtension(value) : Result.FAILED;
  }

  private Result inExtension(int value) {
    if (value == Ascii.LF) {
      return Result.COMPLETE;
    }
    part = value == Ascii.CR ? Part.LINE_FEED : Part.EXTENSION;
    return Result.MORE;
  }
}
