package dev.tiaki.dissector.link;

import dev.tiaki.engine.packet.LinkType;
import dev.tiaki.engine.packet.Packet;

/**
 * Repairs the two link headers that say how long their content is, IEEE 802.3 and PPPoE, after an
 * IP packet behind them has grown or shrunk. All others are silent about it.
 */
final class LinkLengths {
  private static final int TYPE = 12;
  private static final int PPPOE_LENGTH = 4;
  private static final int PPPOE_BYTES = 6;
  private static final int IPV6_HEADER_BYTES = 40;

  private LinkLengths() {}

  static void repair(Packet packet) {
    if (!packet.linkType().equals(LinkType.ETHERNET) || packet.networkOffset() <= TYPE + 2) {
      return;
    }
    byte[] frame = packet.array();
    int at = TYPE;
    while (EtherTypes.isTag(Octets.u16(frame, at))) {
      at += EtherTypes.TAG_BYTES;
    }
    int type = Octets.u16(frame, at);
    int behindType = at + 2;
    int end = packet.networkOffset() + networkBytes(packet);
    if (type == EtherTypes.PPPOE_SESSION) {
      Octets.setU16(frame, behindType + PPPOE_LENGTH, end - behindType - PPPOE_BYTES);
    } else if (type < EtherTypes.SMALLEST_ETHER_TYPE) {
      Octets.setU16(frame, at, end - behindType);
    }
  }

  /** Ethernet pads short frames, so that the IP header knows better than the frame. */
  private static int networkBytes(Packet packet) {
    int offset = packet.networkOffset();
    int rest = packet.length() - offset;
    return switch (packet.etherType()) {
      case NetworkStart.IPV4 -> rest < 4 ? rest : Octets.u16(packet.array(), offset + 2);
      case NetworkStart.IPV6 ->
          rest < 6 ? rest : IPV6_HEADER_BYTES + Octets.u16(packet.array(), offset + 4);
      default -> rest;
    };
  }
}
