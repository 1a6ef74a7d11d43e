package dev.tiaki.engine.regexp;

import java.util.function.IntPredicate;

/** A set of bytes, 0 to 255: what one item of a pattern consumes. Never changed once made. */
record ByteSet(long low, long second, long third, long high) {
  static final ByteSet NONE = new ByteSet(0, 0, 0, 0);
  static final ByteSet ANY = NONE.complement();
  static final ByteSet NEWLINE = of('\n');
  static final ByteSet DIGIT = range('0', '9');
  static final ByteSet UPPER = range('A', 'Z');
  static final ByteSet LOWER = range('a', 'z');
  static final ByteSet WORD = DIGIT.or(UPPER).or(LOWER).or(of('_'));
  static final ByteSet SPACE = range('\t', '\r').or(of(' '));
  static final ByteSet BLANK = of('\t').or(of(' '));
  static final ByteSet HORIZONTAL_SPACE = BLANK.or(of(0xa0));
  static final ByteSet VERTICAL_SPACE = range('\n', '\r').or(of(0x85));

  static ByteSet of(int value) {
    return range(value, value);
  }

  static ByteSet range(int first, int last) {
    return where(b -> b >= first && b <= last);
  }

  private static ByteSet where(IntPredicate holds) {
    long[] words = new long[4];
    for (int b = 0; b < 256; b++) {
      if (holds.test(b)) {
        words[b >> 6] |= 1L << b;
      }
    }
    return new ByteSet(words[0], words[1], words[2], words[3]);
  }

  boolean contains(int value) {
    long word =
        switch (value >> 6) {
          case 0 -> low;
          case 1 -> second;
          case 2 -> third;
          default -> high;
        };
    return (word >>> value & 1) != 0;
  }

  ByteSet or(ByteSet other) {
    return new ByteSet(
        low | other.low, second | other.second, third | other.third, high | other.high);
  }

  ByteSet complement() {
    return new ByteSet(~low, ~second, ~third, ~high);
  }

  ByteSet minus(ByteSet other) {
    return new ByteSet(
        low & ~other.low, second & ~other.second, third & ~other.third, high & ~other.high);
  }

  /** Returns the set with both cases of each ASCII letter in it. */
  ByteSet withBothCases() {
    return where(b ->
        contains(b)
            || (LOWER.contains(b) && contains(b - 32))
            || (UPPER.contains(b) && contains(b + 32)));
  }
}
