package dev.tiaki.cli.table;

import dev.tiaki.dissector.ip.IpPacket;
import dev.tiaki.engine.address.IpAddress;
import dev.tiaki.netfilter.conntrack.IpProtocol;
import dev.tiaki.netfilter.conntrack.TcpSegment;
import dev.tiaki.netfilter.conntrack.TransportKey;
import dev.tiaki.netfilter.conntrack.Tuple;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** Reads of a packet what the kernel's trackers look at; null where they would not look at it. */
final class PacketTuple {
  private static final int PORTS_BYTES = 8;
  private static final int ICMP_BYTES = 8;
  private static final int TCP_BYTES = 20;

  private PacketTuple() {}

  static @Nullable Tuple of(IpPacket ip) {
    TransportKey key = key(ip);
    return key == null
        ? null
        : new Tuple(
            address(ip.source()), address(ip.destination()), ip.protocol(), key, Tuple.NO_ZONE);
  }

  private static @Nullable TransportKey key(IpPacket ip) {
    return switch (ip.protocol()) {
      case IpProtocol.TCP -> ports(ip, TCP_BYTES);
      case IpProtocol.UDP, IpProtocol.UDPLITE, IpProtocol.SCTP -> ports(ip, PORTS_BYTES);
      case IpProtocol.ICMP, IpProtocol.ICMPV6 -> icmp(ip);
      // the kernel tells only PPTP's calls apart, with the help of a helper
      case IpProtocol.GRE -> new TransportKey.Ports(0, 0);
      default -> TransportKey.NONE;
    };
  }

  private static @Nullable TransportKey ports(IpPacket ip, int headerBytes) {
    return ip.payloadLength() < headerBytes ? null : new TransportKey.Ports(u16(ip, 0), u16(ip, 2));
  }

  /** Errors belong to the flow that they tell of; neighbours and listeners belong to none. */
  private static @Nullable TransportKey icmp(IpPacket ip) {
    if (ip.payloadLength() < ICMP_BYTES) {
      return null;
    }
    int type = u8(ip, 0);
    boolean tracked =
        ip.protocol() == IpProtocol.ICMP
            ? type == 0 || type == 8 || (type >= 13 && type <= 18)
            : type == 128 || type == 129 || type == 139 || type == 140;
    return tracked ? new TransportKey.Icmp(type, u8(ip, 1), u16(ip, 4)) : null;
  }

  /** Returns what the tracker of TCP needs; null when the header is not whole. */
  static @Nullable TcpSegment segment(IpPacket ip) {
    int headerBytes = (u8(ip, 12) >> 4) * 4;
    int wireBytes = ip.payloadLength() + ip.missingLength();
    return headerBytes < TCP_BYTES || headerBytes > wireBytes
        ? null
        : new TcpSegment(u8(ip, 13), s32(ip, 4), s32(ip, 8), u16(ip, 14), wireBytes - headerBytes);
  }

  private static int u8(IpPacket ip, int offset) {
    return ip.payloadArray()[ip.payloadOffset() + offset] & 0xff;
  }

  private static int u16(IpPacket ip, int offset) {
    return u8(ip, offset) << 8 | u8(ip, offset + 1);
  }

  private static int s32(IpPacket ip, int offset) {
    return u16(ip, offset) << 16 | u16(ip, offset + 2);
  }

  private static InetAddress address(IpAddress address) {
    byte[] octets = new byte[address.isIpv6() ? IpAddress.IPV6_BYTES : IpAddress.IPV4_BYTES];
    address.write(octets, 0);
    try {
      // an IPv4-mapped address stays one of IPv6
      return address.isIpv6()
          ? Inet6Address.getByAddress(null, octets, -1)
          : InetAddress.getByAddress(octets);
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible); // only for other lengths
    }
  }
}
