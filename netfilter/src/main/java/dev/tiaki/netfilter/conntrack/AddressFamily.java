package dev.tiaki.netfilter.conntrack;

import java.net.InetAddress;

/** The layer 3 protocol of a flow. */
public enum AddressFamily {
  /** Internet Protocol version 4. */
  IPV4(2, "ipv4", 4),
  /** Internet Protocol version 6. */
  IPV6(10, "ipv6", 16);

  private final int number;
  private final String word;
  private final int addressBytes;

  AddressFamily(int number, String word, int addressBytes) {
    this.number = number;
    this.word = word;
    this.addressBytes = addressBytes;
  }

  /** Returns Linux's number: 2 or 10. */
  public int number() {
    return number;
  }

  /** Returns {@code ipv4} or {@code ipv6}. */
  public String word() {
    return word;
  }

  /** Returns the octets of an address: 4 or 16. */
  public int addressBytes() {
    return addressBytes;
  }

  /** Returns the family of {@code address}. */
  public static AddressFamily of(InetAddress address) {
    return address.getAddress().length == 4 ? IPV4 : IPV6;
  }
}
