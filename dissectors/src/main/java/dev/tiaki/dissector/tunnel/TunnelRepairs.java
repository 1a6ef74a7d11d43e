package dev.tiaki.dissector.tunnel;

import dev.tiaki.dissector.ip.IpPacket;
import dev.tiaki.engine.checksum.InternetChecksum;

/** Makes right what stands between an outer IP header and an edited inner packet. */
final class TunnelRepairs {
  private static final int UDP = 17;
  private static final int UDP_LENGTH = 4;
  private static final int UDP_CHECKSUM = 6;
  private static final int GRE_CHECKSUM = 4;

  private TunnelRepairs() {}

  private static void put16(byte[] bytes, int at, int value) {
    bytes[at] = (byte) (value >> 8);
    bytes[at + 1] = (byte) value;
  }

  /** The length, and the checksum unless there was none. */
  static void udp(IpPacket outer) {
    byte[] bytes = outer.payloadArray();
    int at = outer.payloadOffset();
    int length = outer.payloadLength();
    put16(bytes, at + UDP_LENGTH, length);
    if ((bytes[at + UDP_CHECKSUM] | bytes[at + UDP_CHECKSUM + 1]) != 0) {
      put16(bytes, at + UDP_CHECKSUM, 0);
      int sum =
          InternetChecksum.finish(
              InternetChecksum.combine(
                  outer.pseudoHeaderSum(UDP, length), InternetChecksum.sum(bytes, at, length)));
      put16(bytes, at + UDP_CHECKSUM, sum == 0 ? 0xffff : sum);
    }
  }

  /** The checksum over header and data, if there is one (RFC 2784 section 2.5). */
  static void gre(IpPacket outer) {
    byte[] bytes = outer.payloadArray();
    int at = outer.payloadOffset();
    if ((bytes[at] & 0x80) != 0) {
      put16(bytes, at + GRE_CHECKSUM, 0);
      put16(bytes, at + GRE_CHECKSUM, InternetChecksum.of(bytes, at, outer.payloadLength()));
    }
  }
}
