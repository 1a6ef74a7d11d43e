package dev.tiaki.engine.checksum;

import dev.tiaki.engine.address.IpAddress;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The Internet checksum of RFC 1071: the complement of the one's complement sum of 16-bit
 * big-endian words.
 *
 * <p>The static methods work on sums: a {@code long} that holds words added up and not yet folded
 * to 16 bits; sums are combined with {@link #combine}. An instance adds up data that comes in
 * pieces of any length. A checksum is 0 to 65 535, ready for a header field; over data that holds
 * its correct checksum it is 0.
 */
public final class InternetChecksum {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private long sum;
  private boolean odd;

  /** Makes a checksum over nothing yet. */
  public InternetChecksum() {}

  /** Returns the checksum of {@code length} bytes from {@code offset}. */
  public static int of(byte[] bytes, int offset, int length) {
    return finish(sum(bytes, offset, length));
  }

  /**
   * Returns the sum of {@code length} bytes from {@code offset}; a last odd byte is padded by 0.
   */
  public static long sum(byte[] bytes, int offset, int length) {
    long sum = 0;
    int at = offset;
    int end = offset + length;
    // Two 32-bit halves a step: 2^32 steps of 8 bytes fit before the long overflows.
    for (int last = end - 8; at <= last; at += 8) {
      long eight = (long) LONG.get(bytes, at);
      sum += (eight >>> 32) + (eight & 0xffff_ffffL);
    }
    for (; at + 1 < end; at += 2) {
      sum += (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
    }
    return at < end ? sum + ((bytes[at] & 0xff) << 8) : sum;
  }

  /** Returns the sum of two sums. */
  public static long combine(long first, long second) {
    return (long) fold(first) + fold(second);
  }

  /** Folds a sum to 16 bits. */
  public static int fold(long sum) {
    // 64 → 33 → 18 → 17 → 16 bits
    long folded = (sum >>> 32) + (sum & 0xffff_ffffL);
    folded = (folded >>> 16) + (folded & 0xffff);
    folded = (folded >>> 16) + (folded & 0xffff);
    return (int) ((folded >>> 16) + (folded & 0xffff));
  }

  /** Returns the checksum that belongs to a sum. */
  public static int finish(long sum) {
    return ~fold(sum) & 0xffff;
  }

  /**
   * Returns the sum of the pseudo header of an upper protocol: RFC 9293 section 3.1 for IPv4, RFC
   * 8200 section 8.1 for IPv6. The words of both are the same: addresses, length and protocol.
   *
   * @param length the number of bytes from the upper protocol's header on
   */
  public static long pseudoHeader(
      IpAddress source, IpAddress destination, int protocol, int length) {
    return words(source) + words(destination) + protocol + (length >>> 16) + (length & 0xffff);
  }

  /**
   * Returns the sum of a pseudo header whose addresses stand in {@code header}, source first, both
   * of {@code addressBytes} bytes; see {@link #pseudoHeader(IpAddress, IpAddress, int, int)}.
   */
  public static long pseudoHeader(
      byte[] header, int addressesOffset, int addressBytes, int protocol, int length) {
    return sum(header, addressesOffset, 2 * addressBytes)
        + protocol
        + (length >>> 16)
        + (length & 0xffff);
  }

  private static long words(IpAddress address) {
    return (address.high() >>> 32)
        + (address.high() & 0xffff_ffffL)
        + (address.low() >>> 32)
        + (address.low() & 0xffff_ffffL);
  }

  /**
   * Returns the checksum after one 16-bit word under it was changed, by equation 3 of RFC 1624.
   *
   * @param checksum the checksum before, 0 to 65 535
   */
  public static int update16(int checksum, int before, int after) {
    return finish((~checksum & 0xffff) + (~before & 0xffff) + (after & 0xffff));
  }

  /** As {@link #update16} for two words at once, such as an IPv4 address or a sequence number. */
  public static int update32(int checksum, int before, int after) {
    return finish((~checksum & 0xffff) + (~before & 0xffff_ffffL) + (after & 0xffff_ffffL));
  }

  /** Takes {@code length} bytes from {@code offset} in, behind those taken in before. */
  public void add(byte[] bytes, int offset, int length) {
    if (length <= 0) {
      return;
    }
    int from = offset;
    int left = length;
    if (odd) {
      sum += bytes[from++] & 0xff;
      left--;
    }
    sum = fold(sum) + sum(bytes, from, left);
    odd = (left & 1) != 0;
  }

  /** Takes all of {@code bytes} in. */
  public void add(byte[] bytes) {
    add(bytes, 0, bytes.length);
  }

  /** Returns the checksum of what was taken in so far. */
  public int value() {
    return finish(sum);
  }

  /** Forgets what was taken in. */
  public void reset() {
    sum = 0;
    odd = false;
  }
}
