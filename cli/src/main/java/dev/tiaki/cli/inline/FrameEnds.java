package dev.tiaki.cli.inline;

import dev.tiaki.engine.address.IpAddress;
import dev.tiaki.engine.flow.FlowKey;
import org.jspecify.annotations.Nullable;

/**
 * Where in an IP packet its ends stand. Only TCP and UDP packets have them that are not fragments
 * and, for IPv6, have no extension headers.
 *
 * @param protocol the transport protocol's number
 * @param key the ends, the packet's sender first
 * @param destinationOffset the index of the destination address
 * @param transportOffset the index of the transport header
 */
record FrameEnds(int protocol, FlowKey key, int destinationOffset, int transportOffset) {
  private static final int TCP = 6;
  private static final int UDP = 17;
  private static final int IPV4_BYTES = 20;
  private static final int IPV6_BYTES = 40;
  private static final int PORT_BYTES = 4;

  static @Nullable FrameEnds of(byte[] packet, int start, int length) {
    if (length < IPV4_BYTES) {
      return null;
    }
    boolean ipv6 = (packet[start] & 0xf0) == 0x60;
    int header = ipv6 ? IPV6_BYTES : (packet[start] & 0xf) << 2;
    int protocol = packet[start + (ipv6 ? 6 : 9)] & 0xff;
    boolean fragment =
        !ipv6 && (((packet[start + 6] & 0x3f) << 8) | (packet[start + 7] & 0xff)) != 0;
    int transport = start + header;
    // the transport checksum is the last field that is touched, TCP's lies 18 octets behind
    if ((protocol != TCP && protocol != UDP) || fragment || length < header + 18 + PORT_BYTES - 2) {
      return null;
    }
    int sourceAt = start + (ipv6 ? 8 : 12);
    int destinationAt = start + (ipv6 ? 24 : 16);
    IpAddress source = read(packet, sourceAt, ipv6);
    IpAddress destination = read(packet, destinationAt, ipv6);
    FlowKey key =
        new FlowKey(
            ipv6,
            source.high(),
            source.low(),
            destination.high(),
            destination.low(),
            port(packet, transport),
            port(packet, transport + 2));
    return new FrameEnds(protocol, key, destinationAt, transport);
  }

  private static IpAddress read(byte[] packet, int at, boolean ipv6) {
    return ipv6 ? IpAddress.readIpv6(packet, at) : IpAddress.readIpv4(packet, at);
  }

  private static int port(byte[] packet, int at) {
    return (packet[at] & 0xff) << 8 | (packet[at + 1] & 0xff);
  }
}
