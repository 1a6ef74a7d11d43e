package dev.tiaki.engine.stream;

/**
 * Arithmetic on 32-bit sequence numbers, which wrap (RFC 9293 section 3.4).
 *
 * <p>A sequence number is an {@code int} of which all 32 bits count. Nobody compares two of them
 * with {@code <}: a number is before another one when it is less than 2^31 below it.
 */
public final class SequenceNumber {
  private SequenceNumber() {}

  /** Tells whether {@code a} comes before {@code b}. */
  public static boolean isBefore(int a, int b) {
    return a - b < 0;
  }

  /** Tells whether {@code a} comes before {@code b} or is the same. */
  public static boolean isAtOrBefore(int a, int b) {
    return a - b <= 0;
  }

  /** Tells whether {@code a} comes after {@code b}. */
  public static boolean isAfter(int a, int b) {
    return a - b > 0;
  }

  /** Tells whether {@code a} comes after {@code b} or is the same. */
  public static boolean isAtOrAfter(int a, int b) {
    return a - b >= 0;
  }

  /** Returns how far {@code to} is after {@code from}; negative when it is before. */
  public static int distance(int from, int to) {
    return to - from;
  }

  /** Returns the number {@code bytes} after {@code a}. */
  public static int add(int a, int bytes) {
    return a + bytes;
  }

  /** Tells whether {@code a} is in the window of {@code size} numbers from {@code first}. */
  public static boolean isInWindow(int a, int first, int size) {
    return Integer.compareUnsigned(a - first, size) < 0;
  }

  /** Returns the later one. */
  public static int max(int a, int b) {
    return isAfter(a, b) ? a : b;
  }

  /** Returns the earlier one. */
  public static int min(int a, int b) {
    return isBefore(a, b) ? a : b;
  }

  /** Returns the number as people read it, 0 to 2^32 - 1. */
  public static long toUnsigned(int a) {
    return Integer.toUnsignedLong(a);
  }
}
