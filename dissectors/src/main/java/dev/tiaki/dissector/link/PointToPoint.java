package dev.tiaki.dissector.link;

/** The header of PPP, RFC 1661 and RFC 1662, with or without address and compression. */
final class PointToPoint {
  private static final int ADDRESS_AND_CONTROL = 0xff03;
  private static final int CISCO_UNICAST = 0x0f00;
  private static final int CISCO_MULTICAST = 0x8f00;
  private static final int IPV4 = 0x0021;
  private static final int IPV6 = 0x0057;

  private PointToPoint() {}

  static long find(byte[] frame, int length, int offset) {
    if (offset + 4 > length) {
      return NetworkStart.MALFORMED;
    }
    int first = Octets.u16(frame, offset);
    if (first == CISCO_UNICAST || first == CISCO_MULTICAST) { // serial lines carry either
      return EtherTypes.follow(Octets.u16(frame, offset + 2), frame, length, offset + 4);
    }
    int at = first == ADDRESS_AND_CONTROL ? offset + 2 : offset;
    boolean oneOctet = (frame[at] & 1) != 0; // protocols end in an odd octet, RFC 1661 section 2
    int protocol = oneOctet ? frame[at] & 0xff : Octets.u16(frame, at);
    int etherType =
        switch (protocol) {
          case IPV4 -> NetworkStart.IPV4;
          case IPV6 -> NetworkStart.IPV6;
          default -> NetworkStart.UNKNOWN;
        };
    return NetworkStart.of(at + (oneOctet ? 1 : 2), etherType);
  }
}
