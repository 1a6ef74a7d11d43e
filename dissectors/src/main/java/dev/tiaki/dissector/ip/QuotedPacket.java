package dev.tiaki.dissector.ip;

import dev.tiaki.engine.address.IpAddress;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of an IP packet that a message of ICMP quotes.
 *
 * @param source its source address
 * @param destination its destination address
 * @param protocol the number of the upper protocol
 * @param sourcePort the source port when it is TCP, UDP or SCTP and that far quoted, else -1
 * @param destinationPort the destination port, else -1
 */
public record QuotedPacket(
    IpAddress source, IpAddress destination, int protocol, int sourcePort, int destinationPort) {
  private static final int IPV4_MIN_BYTES = 20;
  private static final int IPV6_BYTES = 40;
  private static final int PORT_BYTES = 4;

  /** More extension headers than any real packet has. */
  private static final int MAX_EXTENSIONS = 8;

  /** Reads what {@code bytes[start .. end)} begins with; null when it is no IP header. */
  public static @Nullable QuotedPacket read(byte[] bytes, int start, int end) {
    if (start >= end) {
      return null;
    }
    return switch (bytes[start] >> 4 & 0xf) {
      case 4 -> ipv4(bytes, start, end);
      case 6 -> ipv6(bytes, start, end);
      default -> null;
    };
  }

  private static @Nullable QuotedPacket ipv4(byte[] bytes, int start, int end) {
    int headerBytes = (bytes[start] & 0xf) << 2;
    if (end - start < IPV4_MIN_BYTES || headerBytes < IPV4_MIN_BYTES) {
      return null;
    }
    boolean first = (u16(bytes, start + 6) & 0x1fff) == 0; // no later fragment
    return of(
        IpAddress.readIpv4(bytes, start + 12),
        IpAddress.readIpv4(bytes, start + 16),
        bytes[start + 9] & 0xff,
        bytes,
        first ? start + headerBytes : end,
        end);
  }

  private static @Nullable QuotedPacket ipv6(byte[] bytes, int start, int end) {
    if (end - start < IPV6_BYTES) {
      return null;
    }
    int protocol = bytes[start + 6] & 0xff;
    int at = start + IPV6_BYTES;
    for (int i = 0; i < MAX_EXTENSIONS && isExtension(protocol) && at + 8 <= end; i++) {
      boolean fragment = protocol == 44;
      boolean later = fragment && (u16(bytes, at + 2) & 0xfff8) != 0;
      protocol = bytes[at] & 0xff;
      at = later ? end : at + (fragment ? 8 : ((bytes[at + 1] & 0xff) + 1) * 8);
    }
    return of(
        IpAddress.readIpv6(bytes, start + 8),
        IpAddress.readIpv6(bytes, start + 24),
        protocol,
        bytes,
        at,
        end);
  }

  /** Hop-by-hop, routing, fragment and destination options, RFC 8200 section 4.1. */
  private static boolean isExtension(int protocol) {
    return protocol == 0 || protocol == 43 || protocol == 44 || protocol == 60;
  }

  private static QuotedPacket of(
      IpAddress source, IpAddress destination, int protocol, byte[] bytes, int at, int end) {
    boolean ports = (protocol == 6 || protocol == 17 || protocol == 132) && at + PORT_BYTES <= end;
    return new QuotedPacket(
        source,
        destination,
        protocol,
        ports ? u16(bytes, at) : -1,
        ports ? u16(bytes, at + 2) : -1);
  }

  private static int u16(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
  }
}
