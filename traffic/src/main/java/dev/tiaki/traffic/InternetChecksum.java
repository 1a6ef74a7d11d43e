package dev.tiaki.traffic;

import java.nio.ByteBuffer;

/**
 * The checksum of RFC 1071, written for clarity. It is kept apart from the engine's own, so that
 * each is a check on the other.
 */
final class InternetChecksum {
  private InternetChecksum() {}

  /** Returns the checksum of {@code data}, 0 to 65535. */
  static int of(byte[] data) {
    return finish(sum(data));
  }

  /**
   * Returns the checksum of an upper-layer message with its pseudo header (RFC 9293 section 3.1,
   * RFC 8200 section 8.1); both forms add up to the same for messages below 64 KiB.
   */
  static int of(byte[] source, byte[] destination, int protocol, byte[] message) {
    byte[] tail = ByteBuffer.allocate(8).putInt(message.length).putInt(protocol).array();
    return finish(sum(source) + sum(destination) + sum(tail) + sum(message));
  }

  private static long sum(byte[] data) {
    long sum = 0;
    for (int i = 0; i < data.length; i++) {
      int octet = data[i] & 0xff;
      sum += i % 2 == 0 ? (long) octet << 8 : octet;
    }
    return sum;
  }

  private static int finish(long sum) {
    long folded = sum;
    while (folded > 0xffff) {
      folded = (folded & 0xffff) + (folded >>> 16);
    }
    return (int) ~folded & 0xffff;
  }
}
