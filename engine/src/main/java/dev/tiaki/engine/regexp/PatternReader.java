package dev.tiaki.engine.regexp;

/** The bytes of a pattern with the place where its parser stands. */
final class PatternReader {
  static final int END = -1;

  private final byte[] pattern;
  private int position;

  PatternReader(byte[] pattern) {
    this.pattern = pattern;
  }

  int position() {
    return position;
  }

  void moveTo(int place) {
    position = place;
  }

  boolean atEnd() {
    return position >= pattern.length;
  }

  int peek() {
    return peek(0);
  }

  int peek(int ahead) {
    int at = position + ahead;
    return at < pattern.length ? pattern[at] & 0xff : END;
  }

  int next() {
    return position < pattern.length ? pattern[position++] & 0xff : END;
  }

  boolean skip(int value) {
    if (peek() == value) {
      position++;
      return true;
    }
    return false;
  }

  boolean skip(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (peek(i) != text.charAt(i)) {
        return false;
      }
    }
    position += text.length();
    return true;
  }

  /** Reads up to {@code most} digits of a base; {@code otherwise} when there is none. */
  int digits(int base, int most, int otherwise) {
    int value = 0;
    int count = 0;
    while (count < most && peek() != END && Character.digit(peek(), base) >= 0) {
      value = value * base + Character.digit(next(), base);
      count++;
    }
    return count == 0 ? otherwise : value;
  }

  RegexpSyntaxException error(String reason) {
    return new RegexpSyntaxException(reason, position);
  }
}
