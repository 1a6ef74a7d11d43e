package dev.tiaki.netfilter.nftables.json;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Addresses as text: read strictly, so that no name is ever looked up, and written shortly. */
final class AddressLiteral {
  private static final HexFormat HEX = HexFormat.of();
  private static final int LONGEST = 45;

  private AddressLiteral() {}

  /** Returns the address that {@code text} is, or null. */
  static @Nullable InetAddress parse(String text) {
    int length = text.length();
    if (length < 2 || length > LONGEST) {
      return null;
    }
    int colons = 0;
    int dots = 0;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c == ':') {
        colons++;
      } else if (c == '.') {
        dots++;
      } else if (Character.digit(c, 16) < 0 || c > 'f') {
        return null;
      }
    }
    if (colons == 0) {
      return dots == 3 ? fourParts(text) : null;
    }
    // A link address has 5 colons and no empty group.
    return colons == 7 || text.contains("::") || dots == 3 ? groups(text) : null;
  }

  private static @Nullable InetAddress fourParts(String text) {
    byte[] octets = new byte[4];
    int part = 0;
    int value = -1;
    for (int i = 0; i <= text.length(); i++) {
      char c = i == text.length() ? '.' : text.charAt(i);
      if (c == '.') {
        if (value < 0 || part == 4) {
          return null;
        }
        octets[part++] = (byte) value;
        value = -1;
      } else {
        int digit = c - '0';
        value = value < 0 ? digit : value == 0 ? 256 : value * 10 + digit;
        if (digit > 9 || value > 255) {
          return null;
        }
      }
    }
    return of(octets);
  }

  private static @Nullable InetAddress groups(String text) {
    try {
      byte[] octets = InetAddress.ofLiteral(text).getAddress();
      if (octets.length == 4) {
        byte[] mapped = new byte[16];
        mapped[10] = (byte) 0xff;
        mapped[11] = (byte) 0xff;
        System.arraycopy(octets, 0, mapped, 12, 4);
        octets = mapped;
      }
      // InetAddress would turn a mapped address into one of IPv4.
      return Inet6Address.getByAddress(null, octets, -1);
    } catch (IllegalArgumentException | UnknownHostException _) {
      return null;
    }
  }

  private static InetAddress of(byte[] octets) {
    try {
      return InetAddress.getByAddress(octets);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the text of an address; of IPv6 the short form of RFC 5952. */
  static String text(InetAddress address) {
    byte[] octets = address.getAddress();
    if (octets.length == 4) {
      return address.getHostAddress();
    }
    int start = 0;
    int longest = 0;
    for (int i = 0; i < 8; i++) {
      int zeros = zeros(octets, i);
      if (zeros > longest) {
        start = i;
        longest = zeros;
      }
    }
    return longest < 2 ? groups(octets, 0, 8) : shortened(octets, start, longest);
  }

  private static String shortened(byte[] octets, int start, int zeros) {
    boolean isMapped = start == 0 && zeros == 5 && octets[10] == -1 && octets[11] == -1;
    if (isMapped) {
      return "::ffff:"
          + octet(octets[12])
          + '.'
          + octet(octets[13])
          + '.'
          + octet(octets[14])
          + '.'
          + octet(octets[15]);
    }
    return groups(octets, 0, start) + "::" + groups(octets, start + zeros, 8);
  }

  private static int octet(byte octet) {
    return octet & 0xff;
  }

  private static int zeros(byte[] octets, int group) {
    int end = group;
    while (end < 8 && octets[2 * end] == 0 && octets[2 * end + 1] == 0) {
      end++;
    }
    return end - group;
  }

  private static String groups(byte[] octets, int from, int to) {
    StringBuilder text = new StringBuilder(39);
    for (int group = from; group < to; group++) {
      int value = octet(octets[2 * group]) << 8 | octet(octets[2 * group + 1]);
      String digits = HEX.toHexDigits((short) value);
      int first = 0;
      while (first < 3 && digits.charAt(first) == '0') {
        first++;
      }
      text.append(group > from ? ":" : "").append(digits, first, 4);
    }
    return text.toString();
  }
}
