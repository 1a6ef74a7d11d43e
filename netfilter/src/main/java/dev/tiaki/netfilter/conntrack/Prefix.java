package dev.tiaki.netfilter.conntrack;

import java.net.InetAddress;

/**
 * The addresses that begin with the same bits.
 *
 * @param address one of them
 * @param length how many bits count: 0 to 32, or to 128 for IPv6
 */
public record Prefix(InetAddress address, int length) {
  /** Checks the range of the length. */
  public Prefix {
    if (length < 0 || length > address.getAddress().length * 8) {
      throw new IllegalArgumentException(
          address.getHostAddress()
              + "/"
              + length
              + ": a prefix length from 0 to "
              + address.getAddress().length * 8
              + " expected");
    }
  }

  /** Returns the prefix that is this address alone. */
  public static Prefix of(InetAddress address) {
    return new Prefix(address, address.getAddress().length * 8);
  }

  /**
   * Reads {@code ADDRESS}, {@code ADDRESS/LENGTH} or {@code ADDRESS/MASK}; names are not looked up.
   *
   * @throws IllegalArgumentException when it is none of them
   */
  public static Prefix parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      return of(address(text));
    }
    InetAddress address = address(text.substring(0, slash));
    String rest = text.substring(slash + 1);
    return new Prefix(
        address, rest.matches("\\d{1,3}") ? Integer.parseInt(rest) : maskLength(rest));
  }

  private static InetAddress address(String text) {
    return IpLiteral.parse(text);
  }

  private static int maskLength(String text) {
    byte[] mask = address(text).getAddress();
    int length = 0;
    while (length < mask.length * 8 && bit(mask, length)) {
      length++;
    }
    for (int rest = length; rest < mask.length * 8; rest++) {
      if (bit(mask, rest)) {
        throw new IllegalArgumentException("mask=" + text);
      }
    }
    return length;
  }

  private static boolean bit(byte[] bytes, int index) {
    return (bytes[index / 8] & 0x80 >> index % 8) != 0;
  }

  /** Tells whether only one address begins so. */
  public boolean isWhole() {
    return length == address.getAddress().length * 8;
  }

  /** Tells whether {@code other} is of the same family and begins with the same bits. */
  public boolean contains(InetAddress other) {
    byte[] mine = address.getAddress();
    byte[] theirs = other.getAddress();
    if (mine.length != theirs.length) {
      return false;
    }
    int whole = length / 8;
    for (int i = 0; i < whole; i++) {
      if (mine[i] != theirs[i]) {
        return false;
      }
    }
    int rest = length % 8;
    return rest == 0 || ((mine[whole] ^ theirs[whole]) & 0xff00 >> rest & 0xff) == 0;
  }
}
