package dev.tiaki.dissector.link;

/**
 * What Linux's netfilter logs: a family, then attributes, of which one is the packet. Lengths are
 * in the byte order of who captured; no attribute but the packet is longer than 255 octets, and
 * packets come last, so that the first attribute tells the order.
 */
final class NetfilterLog {
  private static final int HEADER_BYTES = 4;
  private static final int ATTRIBUTE_HEADER_BYTES = 4;
  private static final int PACKET_ATTRIBUTE = 9;
  private static final int TYPE_MASK = 0x3fff;
  private static final int INET = 2;
  private static final int INET6 = 10;

  private NetfilterLog() {}

  static long find(byte[] frame, int length) {
    if (length < HEADER_BYTES + ATTRIBUTE_HEADER_BYTES) {
      return NetworkStart.MALFORMED;
    }
    boolean bigEndian = frame[HEADER_BYTES] == 0;
    int at = HEADER_BYTES;
    while (at + ATTRIBUTE_HEADER_BYTES <= length) {
      int attributeBytes = u16(frame, at, bigEndian);
      if (attributeBytes < ATTRIBUTE_HEADER_BYTES) {
        return NetworkStart.MALFORMED;
      }
      if ((u16(frame, at + 2, bigEndian) & TYPE_MASK) == PACKET_ATTRIBUTE) {
        return NetworkStart.of(at + ATTRIBUTE_HEADER_BYTES, etherType(frame[0]));
      }
      at += (attributeBytes + 3) & ~3;
    }
    return NetworkStart.of(length, NetworkStart.UNKNOWN);
  }

  private static int etherType(int family) {
    return switch (family) {
      case INET -> NetworkStart.IPV4;
      case INET6 -> NetworkStart.IPV6;
      default -> NetworkStart.UNKNOWN;
    };
  }

  private static int u16(byte[] frame, int offset, boolean bigEndian) {
    int value = Octets.u16(frame, offset);
    return bigEndian ? value : Short.reverseBytes((short) value) & 0xffff;
  }
}
