package dev.tiaki.engine.address;

/** Texts of addresses: RFC 4291 section 2.2 when reading, RFC 5952 when writing. */
final class IpAddressText {
  static final String INVALID_IPV4 = "invalid IPv4 address format";
  static final String INVALID_IPV6 = "invalid IPv6 address format";

  private static final int GROUPS = 8;

  private IpAddressText() {}

  static IpAddress parseIpv4(String text) {
    long bits = quad(text, 0, text.length());
    if (bits < 0) {
      throw new IllegalArgumentException(INVALID_IPV4);
    }
    return IpAddress.ipv4((int) bits);
  }

  /** Returns the 32 bits of the dotted quad in {@code text[from, to)}, or -1. */
  private static long quad(String text, int from, int to) {
    long bits = 0;
    int at = from;
    for (int part = 0; part < 4; part++) {
      if (part > 0 && (at >= to || text.charAt(at++) != '.')) {
        return -1;
      }
      int end = at;
      while (end < to && isDigit(text.charAt(end))) {
        end++;
      }
      int value = octet(text, at, end);
      if (value < 0) {
        return -1;
      }
      bits = bits << 8 | value;
      at = end;
    }
    return at == to ? bits : -1;
  }

  private static int octet(String text, int from, int to) {
    int digits = to - from;
    // "010" is octal to some readers and ten to others: refused, as inet_pton does
    if (digits < 1 || digits > 3 || (digits > 1 && text.charAt(from) == '0')) {
      return -1;
    }
    int value = Integer.parseInt(text, from, to, 10);
    return value <= 255 ? value : -1;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static IpAddress parseIpv6(String text) {
    int gap = text.indexOf("::");
    int[] groups = new int[GROUPS];
    if (gap < 0) {
      require(groups(text, 0, text.length(), groups) == GROUPS);
    } else {
      int before = groups(text, 0, gap, groups);
      int[] tail = new int[GROUPS];
      int after = groups(text, gap + 2, text.length(), tail);
      // "::" stands for at least one group
      require(before >= 0 && after >= 0 && before + after < GROUPS);
      System.arraycopy(tail, 0, groups, GROUPS - after, after);
    }
    return IpAddress.ipv6(join(groups, 0), join(groups, 4));
  }

  private static void require(boolean wellFormed) {
    if (!wellFormed) {
      throw new IllegalArgumentException(INVALID_IPV6);
    }
  }

  private static long join(int[] groups, int first) {
    return (long) groups[first] << 48
        | (long) groups[first + 1] << 32
        | (long) groups[first + 2] << 16
        | groups[first + 3];
  }

  /**
   * Reads groups separated by single colons, the last two perhaps as a dotted quad; returns how
   * many, or -1.
   */
  private static int groups(String text, int from, int to, int[] groups) {
    int count = 0;
    int at = from;
    while (at < to) {
      int end = text.indexOf(':', at);
      if (end < 0 || end > to) {
        end = to;
      }
      if (text.substring(at, end).indexOf('.') >= 0) {
        return end == text.length() ? quadGroups(text, at, to, groups, count) : -1;
      }
      int value = group(text, at, end);
      if (value < 0 || count == GROUPS) {
        return -1;
      }
      groups[count++] = value;
      if (end + 1 == to) {
        return -1;
      }
      at = end + 1;
    }
    return count;
  }

  private static int quadGroups(String text, int from, int to, int[] groups, int count) {
    long bits = quad(text, from, to);
    if (bits < 0 || count > GROUPS - 2) {
      return -1;
    }
    groups[count] = (int) (bits >>> 16);
    groups[count + 1] = (int) bits & 0xffff;
    return count + 2;
  }

  private static int group(String text, int from, int to) {
    if (to - from < 1 || to - from > 4) {
      return -1;
    }
    int value = 0;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      int digit = c < 128 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }

  static String ipv4(int bits) {
    StringBuilder out = new StringBuilder(15);
    appendQuad(out, bits);
    return out.toString();
  }

  private static void appendQuad(StringBuilder out, int bits) {
    out.append(bits >>> 24).append('.').append(bits >>> 16 & 0xff);
    out.append('.').append(bits >>> 8 & 0xff).append('.').append(bits & 0xff);
  }

  static String ipv6(long high, long low) {
    StringBuilder out = new StringBuilder(39);
    if (high == 0 && low >>> 32 == 0xffff) {
      // RFC 5952 section 5: an embedded IPv4 address is written as one
      out.append("::ffff:");
      appendQuad(out, (int) low);
      return out.toString();
    }
    int[] groups = new int[GROUPS];
    for (int i = 0; i < GROUPS; i++) {
      groups[i] = (int) ((i < 4 ? high : low) >>> ((3 - i % 4) * 16)) & 0xffff;
    }
    appendGroups(out, groups);
    return out.toString();
  }

  private static void appendGroups(StringBuilder out, int[] groups) {
    int gap = longestRunOfZeros(groups);
    int gapEnd = gap;
    while (gap >= 0 && gapEnd < GROUPS && groups[gapEnd] == 0) {
      gapEnd++;
    }
    for (int i = 0; i < GROUPS; i++) {
      if (i == gap) {
        out.append("::");
        i = gapEnd - 1;
        continue;
      }
      if (i > 0 && i != gapEnd) {
        out.append(':');
      }
      out.append(Integer.toHexString(groups[i]));
    }
  }

  /**
   * Returns where the longest run of two or more zero groups starts, the first of equals, or -1
   * (RFC 5952 section 4.2).
   */
  private static int longestRunOfZeros(int[] groups) {
    int best = -1;
    int bestLength = 1;
    int length = 0;
    for (int i = 0; i < GROUPS; i++) {
      length = groups[i] == 0 ? length + 1 : 0;
      if (length > bestLength) {
        bestLength = length;
        best = i - length + 1;
      }
    }
    return best;
  }
}
