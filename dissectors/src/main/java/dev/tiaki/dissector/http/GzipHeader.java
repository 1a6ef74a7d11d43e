package dev.tiaki.dissector.http;

/** Skips the header of gzip data that comes in pieces (RFC 1952 section 2.3). */
final class GzipHeader {
  private static final int FIXED_BYTES = 10;
  private static final int HAS_CHECKSUM = 0x02;
  private static final int HAS_EXTRA = 0x04;
  private static final int HAS_NAME = 0x08;
  private static final int HAS_COMMENT = 0x10;
  private static final int DEFLATE = 8;

  private enum Part {
    FIXED,
    EXTRA_LENGTH,
    EXTRA,
    NAME,
    COMMENT,
    CHECKSUM,
    COMPLETE,
    BROKEN
  }

  private Part part = Part.FIXED;
  private int count;
  private int flags;
  private int extra;

  boolean isComplete() {
    return part == Part.COMPLETE;
  }

  boolean isBroken() {
    return part == Part.BROKEN;
  }

  /** Returns the index of the first byte that is no header. */
  int skip(byte[] piece) {
    int at = 0;
    while (at < piece.length && part != Part.COMPLETE && part != Part.BROKEN) {
      take(piece[at++] & 0xff);
    }
    return at;
  }

  private void take(int value) {
    switch (part) {
      case FIXED -> fixed(value);
      case EXTRA_LENGTH -> {
        extra |= value << (8 * count);
        if (++count == 2) {
          part = Part.EXTRA;
          enter(Part.EXTRA, extra == 0);
        }
      }
      case EXTRA -> enter(Part.EXTRA, --extra == 0);
      case NAME -> enter(Part.NAME, value == 0);
      case COMMENT -> enter(Part.COMMENT, value == 0);
      case CHECKSUM -> enter(Part.CHECKSUM, ++count == 2);
      case COMPLETE, BROKEN -> throw new IllegalStateException(part.name());
    }
  }

  private void fixed(int value) {
    boolean wrong =
        (count == 0 && value != 0x1f)
            || (count == 1 && value != 0x8b)
            || (count == 2 && value != DEFLATE);
    if (wrong) {
      part = Part.BROKEN;
      return;
    }
    if (count == 3) {
      flags = value;
    }
    enter(Part.FIXED, ++count == FIXED_BYTES);
  }

  /** Goes on, when {@code current} is done, to the next part that the flags announce. */
  private void enter(Part current, boolean done) {
    if (!done) {
      return;
    }
    count = 0;
    part =
        switch (current) {
          case FIXED -> (flags & HAS_EXTRA) != 0 ? Part.EXTRA_LENGTH : afterExtra();
          case EXTRA -> afterExtra();
          case NAME -> afterName();
          case COMMENT -> afterComment();
          default -> Part.COMPLETE;
        };
  }

  private Part afterExtra() {
    return (flags & HAS_NAME) != 0 ? Part.NAME : afterName();
  }

  private Part afterName() {
    return (flags & HAS_COMMENT) != 0 ? Part.COMMENT : afterComment();
  }

  private Part afterComment() {
    return (flags & HAS_CHECKSUM) != 0 ? Part.CHECKSUM : Part.COMPLETE;
  }
}
