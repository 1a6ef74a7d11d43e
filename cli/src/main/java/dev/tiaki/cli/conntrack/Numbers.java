package dev.tiaki.cli.conntrack;

/** Numbers on the command line: decimal, {@code 0x…}, with a mask behind a slash. */
final class Numbers {
  static final long MAX_U32 = 0xffff_ffffL;

  private Numbers() {}

  /**
   * A number of which some bits count.
   *
   * @param value the number
   * @param mask the bits
   */
  record Masked(long value, long mask) {}

  static long parse(String text, long max) {
    try {
      long number = Long.decode(text);
      if (number >= 0 && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("not a number: " + text, e);
    }
    throw new IllegalArgumentException("not between 0 and " + max + ": " + text);
  }

  static Masked masked(String text) {
    int slash = text.indexOf('/');
    return slash < 0
        ? new Masked(parse(text, MAX_U32), MAX_U32)
        : new Masked(
            parse(text.substring(0, slash), MAX_U32), parse(text.substring(slash + 1), MAX_U32));
  }
}
