package dev.tiaki.cli.assembly;

import dev.tiaki.cli.eve.EveEnds;
import dev.tiaki.engine.address.IpAddress;
import dev.tiaki.engine.packet.Packet;
import org.jspecify.annotations.Nullable;

/** Who sends a packet to whom, read from its headers as far as they are there. */
final class PacketEnds {
  private static final int ETHER_TYPE_IPV4 = 0x0800;
  private static final int ETHER_TYPE_IPV6 = 0x86dd;
  private static final int IPV4_HEADER_BYTES = 20;
  private static final int IPV6_HEADER_BYTES = 40;
  private static final int ICMP = 1;
  private static final int TCP = 6;
  private static final int UDP = 17;
  private static final int ICMPV6 = 58;
  private static final int SCTP = 132;

  private PacketEnds() {}

  /** Returns the ends of a packet whose network header was found, or null when it is not IP. */
  static @Nullable EveEnds of(Packet packet) {
    int at = packet.networkOffset();
    int left = packet.length() - at;
    if (packet.etherType() == ETHER_TYPE_IPV4 && left >= IPV4_HEADER_BYTES) {
      return ipv4(packet, at);
    }
    if (packet.etherType() == ETHER_TYPE_IPV6 && left >= IPV6_HEADER_BYTES) {
      return ipv6(packet, at);
    }
    return null;
  }

  private static EveEnds ipv4(Packet packet, int at) {
    byte[] frame = packet.array();
    boolean firstFragment = (u16(frame, at + 6) & 0x1fff) == 0;
    int transport = firstFragment ? at + ((frame[at] & 0xf) << 2) : packet.length();
    return ends(
        packet,
        IpAddress.readIpv4(frame, at + 12),
        IpAddress.readIpv4(frame, at + 16),
        frame[at + 9] & 0xff,
        transport);
  }

  // Ports behind extension headers are left out: an alert about such a packet names its flow.
  private static EveEnds ipv6(Packet packet, int at) {
    byte[] frame = packet.array();
    return ends(
        packet,
        IpAddress.readIpv6(frame, at + 8),
        IpAddress.readIpv6(frame, at + 24),
        frame[at + 6] & 0xff,
        at + IPV6_HEADER_BYTES);
  }

  private static EveEnds ends(
      Packet packet, IpAddress source, IpAddress destination, int protocol, int transport) {
    boolean ports =
        (protocol == TCP || protocol == UDP || protocol == SCTP)
            && transport + 4 <= packet.length();
    return new EveEnds(
        source.toString(),
        ports ? u16(packet.array(), transport) : -1,
        destination.toString(),
        ports ? u16(packet.array(), transport + 2) : -1,
        name(protocol));
  }

  private static String name(int protocol) {
    return switch (protocol) {
      case ICMP -> "ICMP";
      case TCP -> "TCP";
      case UDP -> "UDP";
      case ICMPV6 -> "IPv6-ICMP";
      case SCTP -> "SCTP";
      default -> "%03d".formatted(protocol);
    };
  }

  private static int u16(byte[] frame, int at) {
    return (frame[at] & 0xff) << 8 | (frame[at + 1] & 0xff);
  }
}
