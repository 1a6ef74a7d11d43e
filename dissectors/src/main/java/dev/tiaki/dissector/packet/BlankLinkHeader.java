package dev.tiaki.dissector.packet;

import dev.tiaki.engine.packet.LinkType;

/** Link headers that say nothing but which protocol follows. */
final class BlankLinkHeader {
  private static final int ETHER_TYPE_IPV6 = 0x86dd;

  /** Protocol families of the BSD loopback header; IPv6 is the number of Darwin. */
  private static final int AF_INET = 2;

  private static final int AF_INET6 = 30;

  private BlankLinkHeader() {}

  static byte[] of(LinkType linkType, int etherType) {
    if (linkType.equals(LinkType.ETHERNET)) {
      return etherTypeAt(14, 12, etherType);
    } else if (linkType.equals(LinkType.LINUX_SLL)) {
      return etherTypeAt(16, 14, etherType);
    } else if (linkType.equals(LinkType.LINUX_SLL2)) {
      return etherTypeAt(20, 0, etherType);
    } else if (linkType.equals(LinkType.NULL)) {
      return new byte[] {(byte) family(etherType), 0, 0, 0};
    } else if (linkType.equals(LinkType.LOOP)) {
      return new byte[] {0, 0, 0, (byte) family(etherType)};
    }
    return new byte[0];
  }

  private static byte[] etherTypeAt(int length, int offset, int etherType) {
    byte[] header = new byte[length];
    header[offset] = (byte) (etherType >> 8);
    header[offset + 1] = (byte) etherType;
    return header;
  }

  private static int family(int etherType) {
    return etherType == ETHER_TYPE_IPV6 ? AF_INET6 : AF_INET;
  }
}
