package dev.tiaki.dissector.link;

import dev.tiaki.engine.packet.LinkType;

/**
 * Finds the network header behind the link header of any link type that is understood.
 *
 * <p>Source: the list of link-layer header types of the tcpdump group.
 */
final class LinkHeader {
  private static final int ETHERNET_BYTES = 14;
  private static final int FAMILY_BYTES = 4;
  private static final int COOKED_BYTES = 16;
  private static final int COOKED2_BYTES = 20;
  private static final int CISCO_HDLC_BYTES = 4;

  private LinkHeader() {}

  /** Returns a {@link NetworkStart} for the first {@code length} bytes of {@code frame}. */
  static long find(LinkType linkType, byte[] frame, int length) {
    return switch (linkType.number()) {
      case LinkNumbers.ETHERNET -> behindType(frame, length, 12, ETHERNET_BYTES);
      case LinkNumbers.LINUX_SLL -> cooked(frame, length, 14, 2, COOKED_BYTES);
      case LinkNumbers.LINUX_SLL2 -> cooked(frame, length, 0, 8, COOKED2_BYTES);
      case LinkNumbers.RAW, LinkNumbers.RAW_DLT12, LinkNumbers.RAW_DLT14 ->
          byVersion(frame, length, 0);
      case LinkNumbers.IPV4 -> NetworkStart.of(0, NetworkStart.IPV4);
      case LinkNumbers.IPV6 -> NetworkStart.of(0, NetworkStart.IPV6);
      case LinkNumbers.NULL, LinkNumbers.LOOP -> behindFamily(frame, length);
      case LinkNumbers.CISCO_HDLC -> behindType(frame, length, 2, CISCO_HDLC_BYTES);
      case LinkNumbers.PPP, LinkNumbers.PPP_HDLC -> PointToPoint.find(frame, length, 0);
      case LinkNumbers.ARCNET -> Arcnet.find(frame, length, 2);
      case LinkNumbers.ARCNET_LINUX -> Arcnet.find(frame, length, 4);
      case LinkNumbers.NFLOG -> NetfilterLog.find(frame, length);
      default -> NetworkStart.of(0, NetworkStart.UNKNOWN);
    };
  }

  /** Says the EtherType by the version that an IP header starts with. */
  static long byVersion(byte[] frame, int length, int offset) {
    if (offset >= length) {
      return NetworkStart.MALFORMED;
    }
    int etherType =
        switch (frame[offset] >> 4) {
          case 4 -> NetworkStart.IPV4;
          case 6 -> NetworkStart.IPV6;
          default -> NetworkStart.UNKNOWN;
        };
    return NetworkStart.of(offset, etherType);
  }

  private static long behindType(byte[] frame, int length, int typeOffset, int headerBytes) {
    return length < headerBytes
        ? NetworkStart.MALFORMED
        : EtherTypes.follow(Octets.u16(frame, typeOffset), frame, length, headerBytes);
  }

  /**
   * The type of Linux cooked captures is an EtherType, but that 4 stands for 802.2 without a
   * length; for devices that are no networks, such as netlink, it means something else.
   */
  private static long cooked(
      byte[] frame, int length, int typeOffset, int deviceOffset, int headerBytes) {
    if (length < headerBytes) {
      return NetworkStart.MALFORMED;
    }
    if (Octets.u16(frame, deviceOffset) == LinkNumbers.NETLINK_DEVICE) {
      return NetworkStart.of(headerBytes, NetworkStart.UNKNOWN);
    }
    return EtherTypes.follow(Octets.u16(frame, typeOffset), frame, length, headerBytes);
  }

  /**
   * A protocol family in the byte order of who captured. No family needs more than 16 bits, which
   * tells the orders apart; IPv6 has another number on each system.
   */
  private static long behindFamily(byte[] frame, int length) {
    if (length < FAMILY_BYTES) {
      return NetworkStart.MALFORMED;
    }
    int upper = Octets.u16(frame, 0);
    int lower = Octets.u16(frame, 2);
    int etherType =
        switch (upper == 0 ? lower : lower == 0 ? Short.reverseBytes((short) upper) : 0) {
          case 2 -> NetworkStart.IPV4;
          case 10, 23, 24, 28, 30 -> NetworkStart.IPV6;
          default -> NetworkStart.UNKNOWN;
        };
    return NetworkStart.of(FAMILY_BYTES, etherType);
  }
}
