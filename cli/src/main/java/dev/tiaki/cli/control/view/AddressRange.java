package dev.tiaki.cli.control.view;

import dev.tiaki.engine.address.IpAddress;

/**
 * An address, or all that begin with the same bits.
 *
 * @param address its bits behind the prefix count for nothing
 * @param bits how long the prefix is
 */
record AddressRange(IpAddress address, int bits) {
  /**
   * Reads {@code ADDRESS} or {@code ADDRESS/LENGTH}.
   *
   * @throws IllegalArgumentException when it is neither
   */
  static AddressRange of(String text) {
    int slash = text.indexOf('/');
    IpAddress address = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
    if (slash < 0) {
      return new AddressRange(address, address.bitLength());
    }
    String length = text.substring(slash + 1);
    if (!length.matches("\\d{1,3}") || Integer.parseInt(length) > address.bitLength()) {
      throw new IllegalArgumentException("'" + length + "' is no length of a prefix");
    }
    return new AddressRange(address, Integer.parseInt(length));
  }

  boolean contains(IpAddress other) {
    if (other.isIpv6() != address.isIpv6()) {
      return false;
    }
    int skipped = other.bitLength() == 32 ? 96 : 0;
    return same(address.high(), other.high(), skipped + bits)
        && same(address.low(), other.low(), skipped + bits - Long.SIZE);
  }

  private static boolean same(long one, long other, int bits) {
    return bits <= 0 || (one ^ other) >>> Math.max(0, Long.SIZE - bits) == 0;
  }
}
