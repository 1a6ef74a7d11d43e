package dev.tiaki.dissector.http;

/** Looks at bytes as ASCII letters, digits and blanks. */
final class Ascii {
  static final int CR = '\r';
  static final int LF = '\n';

  private Ascii() {}

  static int lower(int value) {
    return value >= 'A' && value <= 'Z' ? value + ('a' - 'A') : value;
  }

  static boolean isBlank(int value) {
    return value == ' ' || value == '\t';
  }

  static boolean isLineEnd(int value) {
    return value == CR || value == LF;
  }

  /** Returns the value of a hexadecimal digit, or -1. */
  static int hex(int value) {
    if (value >= '0' && value <= '9') {
      return value - '0';
    }
    int letter = lower(value);
    return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
  }

  /** Tells whether {@code length} bytes from {@code offset} on are {@code text}, case aside. */
  static boolean equalsIgnoreCase(byte[] bytes, int offset, int length, String text) {
    if (length != text.length()) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (lower(bytes[offset + i]) != lower(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }
}
