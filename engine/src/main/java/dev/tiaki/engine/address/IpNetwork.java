package dev.tiaki.engine.address;

/**
 * An address and the number of its leading bits that name a network; an immutable value.
 *
 * <p>The host bits of the address are kept as they were given and do not count in {@link
 * #contains}; {@link #masked} clears them.
 *
 * @param address any address of the network
 * @param prefixLength the number of leading bits that count, 0 to 32 or 128
 */
public record IpNetwork(IpAddress address, int prefixLength) {
  private static final String INVALID_IPV4 = "invalid IPv4 network address format";
  private static final String INVALID_IPV6 = "invalid IPv6 network address format";

  /** Refuses prefix lengths beyond the address, with the message of the family. */
  public IpNetwork {
    if (prefixLength < 0 || prefixLength > address.bitLength()) {
      throw new IllegalArgumentException(address.isIpv6() ? INVALID_IPV6 : INVALID_IPV4);
    }
  }

  /**
   * Reads {@code address/length}.
   *
   * @throws IllegalArgumentException {@code invalid IPv4 network address format} or, when the text
   *     holds a colon, {@code invalid IPv6 network address format}; {@code invalid IPv4 address
   *     format} when only the address is wrong
   */
  public static IpNetwork parse(String text) {
    String error = text.indexOf(':') >= 0 ? INVALID_IPV6 : INVALID_IPV4;
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException(error);
    }
    IpAddress address = IpAddress.parse(text.substring(0, slash));
    return new IpNetwork(address, prefixLength(text.substring(slash + 1), error));
  }

  private static int prefixLength(String digits, String error) {
    if (!digits.matches("[0-9]{1,3}")) {
      throw new IllegalArgumentException(error);
    }
    return Integer.parseInt(digits);
  }

  /** Tells whether {@code other} lies in this network; an address of the other family does not. */
  public boolean contains(IpAddress other) {
    return other.isIpv6() == address.isIpv6()
        && ((other.high() ^ address.high()) & highMask()) == 0
        && ((other.low() ^ address.low()) & lowMask()) == 0;
  }

  /** Returns the same network with the host bits of the address cleared. */
  public IpNetwork masked() {
    IpAddress base =
        address.isIpv6()
            ? IpAddress.ipv6(address.high() & highMask(), address.low() & lowMask())
            : IpAddress.ipv4((int) (address.low() & lowMask()));
    return new IpNetwork(base, prefixLength);
  }

  private long highMask() {
    return address.isIpv6() ? leading(prefixLength) : 0;
  }

  private long lowMask() {
    // the 32 bits of IPv4 are the lower half of the 64
    return leading(address.isIpv6() ? prefixLength - 64 : prefixLength + 32);
  }

  /** Returns 64 bits of which the first {@code count} are set; all below 0 none, above 64 all. */
  private static long leading(int count) {
    if (count <= 0) {
      return 0;
    }
    return count >= 64 ? -1L : -1L << (64 - count);
  }

  /** Returns {@code address/length}. */
  @Override
  public String toString() {
    return address + "/" + prefixLength;
  }
}
