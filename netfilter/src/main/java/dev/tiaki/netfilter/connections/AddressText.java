package dev.tiaki.netfilter.connections;

import java.net.InetAddress;
import java.util.HexFormat;

/** Addresses as {@code /proc/net/nf_conntrack} writes them: IPv6 as eight groups of four digits. */
final class AddressText {
  private static final HexFormat HEX = HexFormat.of();

  private AddressText() {}

  static String of(InetAddress address) {
    byte[] octets = address.getAddress();
    if (octets.length == 4) {
      return address.getHostAddress();
    }
    StringBuilder text = new StringBuilder(39);
    for (int group = 0; group < octets.length; group += 2) {
      if (group > 0) {
        text.append(':');
      }
      HEX.formatHex(text, octets, group, group + 2);
    }
    return text.toString();
  }
}
