package dev.tiaki.lua.lib.string;

import dev.tiaki.lua.fault.Raised;

/** Single items of a pattern: characters, {@code .}, classes such as {@code %a}, and sets. */
final class PatternClass {
  private final byte[] pattern;
  private final int patternEnd;

  PatternClass(byte[] pattern, int patternEnd) {
    this.pattern = pattern;
    this.patternEnd = patternEnd;
  }

  /** Returns the index behind the item that begins at {@code p}. */
  int end(int p) {
    int next = p + 1;
    if (pattern[p] == '%') {
      if (next >= patternEnd) {
        throw Raised.at("malformed pattern (ends with '%')");
      }
      return next + 1;
    }
    return pattern[p] == '[' ? setEnd(next) : next;
  }

  private int setEnd(int start) {
    int p = start < patternEnd && pattern[start] == '^' ? start + 1 : start;
    do {
      if (p >= patternEnd) {
        throw Raised.at("malformed pattern (missing ']')");
      }
      if (pattern[p++] == '%') {
        // an escape such as %] does not end the set
        p++;
      }
    } while (p >= patternEnd || pattern[p] != ']');
    return p + 1;
  }

  /** Says whether a byte, 0 to 255, matches the item from {@code p} to {@code end}. */
  boolean matches(int c, int p, int end) {
    return switch (pattern[p]) {
      case '.' -> true;
      case '%' -> inClass(c, pattern[p + 1] & 0xff);
      case '[' -> inSet(c, p, end - 1);
      default -> (pattern[p] & 0xff) == c;
    };
  }

  private boolean inSet(int c, int open, int close) {
    boolean negated = pattern[open + 1] == '^';
    int p = negated ? open + 2 : open + 1;
    while (p < close) {
      if (pattern[p] == '%') {
        if (inClass(c, pattern[p + 1] & 0xff)) {
          return !negated;
        }
        p += 2;
      } else if (p + 2 < close && pattern[p + 1] == '-') {
        if ((pattern[p] & 0xff) <= c && c <= (pattern[p + 2] & 0xff)) {
          return !negated;
        }
        p += 3;
      } else {
        if ((pattern[p] & 0xff) == c) {
          return !negated;
        }
        p++;
      }
    }
    return negated;
  }

  private static boolean inClass(int c, int letter) {
    boolean in =
        switch (letter | 0x20) {
          case 'a' -> isLetter(c);
          case 'c' -> c < 32 || c == 127;
          case 'd' -> isDigit(c);
          case 'g' -> c > 32 && c < 127;
          case 'l' -> c >= 'a' && c <= 'z';
          case 'p' -> c > 32 && c < 127 && !isLetter(c) && !isDigit(c);
          case 's' -> c == ' ' || (c >= 9 && c <= 13);
          case 'u' -> c >= 'A' && c <= 'Z';
          case 'w' -> isLetter(c) || isDigit(c);
          case 'x' -> isDigit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
          case 'z' -> c == 0;
          default -> letter == c;
        };
    boolean isClass = isLetter(letter) && "acdglpsuwxz".indexOf(letter | 0x20) >= 0;
    if (!isClass) {
      return letter == c;
    }
    boolean complement = letter < 'a';
    return complement != in;
  }

  private static boolean isLetter(int c) {
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z' && c < 128;
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }
}
