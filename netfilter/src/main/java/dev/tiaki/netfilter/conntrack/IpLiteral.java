package dev.tiaki.netfilter.conntrack;

import java.net.InetAddress;
import java.util.regex.Pattern;

/** Addresses as text, read strictly: no names, no scopes, and IPv4 in four parts only. */
public final class IpLiteral {
  private static final Pattern FOUR_PARTS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

  private IpLiteral() {}

  /**
   * Returns the address that {@code text} is.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static InetAddress parse(String text) {
    boolean ipv6 = text.contains(":") && !text.contains("%") && !text.contains("[");
    if (!ipv6 && !FOUR_PARTS.matcher(text).matches()) {
      throw new IllegalArgumentException("not an IP address: " + text);
    }
    return InetAddress.ofLiteral(text);
  }
}
