package dev.tiaki.engine.address;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * An IPv4 or IPv6 address; an immutable value.
 *
 * <p>Addresses are ordered as unsigned numbers, all IPv4 addresses before all IPv6 addresses. An
 * IPv4-mapped IPv6 address ({@code ::ffff:192.0.2.1}) is an IPv6 address and not equal to the IPv4
 * address in it.
 */
public final class IpAddress implements Comparable<IpAddress> {
  /** The number of bytes of an IPv4 address. */
  public static final int IPV4_BYTES = 4;

  /** The number of bytes of an IPv6 address. */
  public static final int IPV6_BYTES = 16;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final boolean ipv6;
  private final long high;
  private final long low;

  private IpAddress(boolean ipv6, long high, long low) {
    this.ipv6 = ipv6;
    this.high = high;
    this.low = low;
  }

  /** Returns the IPv4 address whose 32 bits are {@code bits}, the first byte uppermost. */
  public static IpAddress ipv4(int bits) {
    return new IpAddress(false, 0, bits & 0xffff_ffffL);
  }

  /**
   * Returns the IPv4 address {@code a.b.c.d}.
   *
   * @throws IllegalArgumentException {@code invalid IPv4 address format} unless all are 0 to 255
   */
  public static IpAddress ipv4(int a, int b, int c, int d) {
    if (((a | b | c | d) & ~0xff) != 0) {
      throw new IllegalArgumentException(IpAddressText.INVALID_IPV4);
    }
    return ipv4(a << 24 | b << 16 | c << 8 | d);
  }

  /** Returns the IPv6 address whose first 64 bits are {@code high} and last {@code low}. */
  public static IpAddress ipv6(long high, long low) {
    return new IpAddress(true, high, low);
  }

  /** Reads the IPv4 address at {@code offset}. */
  public static IpAddress readIpv4(byte[] bytes, int offset) {
    return ipv4((int) INT.get(bytes, offset));
  }

  /** Reads the IPv6 address at {@code offset}. */
  public static IpAddress readIpv6(byte[] bytes, int offset) {
    return ipv6((long) LONG.get(bytes, offset), (long) LONG.get(bytes, offset + 8));
  }

  /**
   * Reads an address from its text: a dotted quad without leading zeros, or the forms of RFC 4291
   * section 2.2. Zone names are refused.
   *
   * @throws IllegalArgumentException {@code invalid IPv4 address format} or, when the text holds a
   *     colon, {@code invalid IPv6 address format}
   */
  public static IpAddress parse(String text) {
    return text.indexOf(':') >= 0 ? parseIpv6(text) : parseIpv4(text);
  }

  /**
   * Reads an IPv4 address from a dotted quad.
   *
   * @throws IllegalArgumentException {@code invalid IPv4 address format}
   */
  public static IpAddress parseIpv4(String text) {
    return IpAddressText.parseIpv4(text);
  }

  /**
   * Reads an IPv6 address.
   *
   * @throws IllegalArgumentException {@code invalid IPv6 address format}
   */
  public static IpAddress parseIpv6(String text) {
    return IpAddressText.parseIpv6(text);
  }

  /** Tells whether this is an IPv6 address. */
  public boolean isIpv6() {
    return ipv6;
  }

  /** Returns the number of bytes of the address, 4 or 16. */
  public int byteLength() {
    return ipv6 ? IPV6_BYTES : IPV4_BYTES;
  }

  /** Returns the number of bits of the address, 32 or 128. */
  public int bitLength() {
    return byteLength() * Byte.SIZE;
  }

  /** Returns the first 64 bits of an IPv6 address; 0 for IPv4. */
  public long high() {
    return high;
  }

  /** Returns the last 64 bits of an IPv6 address, or the unsigned number that is IPv4. */
  public long low() {
    return low;
  }

  /** Returns the 32 bits of an IPv4 address, the last 32 bits of an IPv6 address. */
  public int ipv4Bits() {
    return (int) low;
  }

  /** Writes the address at {@code offset}, {@link #byteLength} bytes. */
  public void write(byte[] bytes, int offset) {
    if (ipv6) {
      LONG.set(bytes, offset, high);
      LONG.set(bytes, offset + 8, low);
    } else {
      INT.set(bytes, offset, (int) low);
    }
  }

  /** Returns the bytes of the address in network order. */
  public byte[] toByteArray() {
    byte[] bytes = new byte[byteLength()];
    write(bytes, 0);
    return bytes;
  }

  @Override
  public int compareTo(IpAddress other) {
    if (ipv6 != other.ipv6) {
      return ipv6 ? 1 : -1;
    }
    int byHigh = Long.compareUnsigned(high, other.high);
    return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof IpAddress that
        && ipv6 == that.ipv6
        && high == that.high
        && low == that.low;
  }

  @Override
  public int hashCode() {
    long mixed = (high * 31 + low) * 0x9e37_79b9_7f4a_7c15L;
    return (int) (mixed ^ mixed >>> 32) + (ipv6 ? 1 : 0);
  }

  /** Returns the dotted quad, or the form of RFC 5952 for IPv6. */
  @Override
  public String toString() {
    return ipv6 ? IpAddressText.ipv6(high, low) : IpAddressText.ipv4((int) low);
  }
}
