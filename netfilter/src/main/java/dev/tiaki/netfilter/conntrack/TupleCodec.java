package dev.tiaki.netfilter.conntrack;

import dev.tiaki.netfilter.netlink.AttributeCursor;
import dev.tiaki.netfilter.netlink.MessageWriter;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * Tuples as attributes.
 *
 * <pre>
 *  1 IP     { 1 source v4, 2 destination v4, 3 source v6, 4 destination v6 }
 *  2 PROTO  { 1 number, 2 source port, 3 destination port,
 *             4 id, 5 type, 6 code of ICMP, 7 id, 8 type, 9 code of ICMPv6 }
 *  3 ZONE
 * </pre>
 */
final class TupleCodec {
  private static final int IP = 1;
  private static final int PROTO = 2;
  private static final int ZONE = 3;
  private static final int NUMBER = 1;
  private static final int SOURCE_PORT = 2;
  private static final int DESTINATION_PORT = 3;
  private static final int ICMP_ID = 4;
  private static final int ICMPV6_ID = 7;

  private final AttributeCursor parts = new AttributeCursor();
  private final AttributeCursor fields = new AttributeCursor();
  private @Nullable InetAddress source;
  private @Nullable InetAddress destination;
  private int protocol;
  private int zone;
  private int sourcePort;
  private int destinationPort;
  private int icmpType;
  private int icmpCode;
  private int icmpId;

  /** Reads the tuple that {@code cursor} stands at; null when it has no addresses. */
  @Nullable Tuple read(AttributeCursor cursor) {
    clear();
    cursor.into(parts);
    while (parts.next()) {
      switch (parts.type()) {
        case IP -> readAddresses();
        case PROTO -> readProtocol();
        case ZONE -> zone = parts.intNumber();
        default -> {}
      }
    }
    InetAddress from = source;
    InetAddress to = destination;
    return from == null || to == null ? null : new Tuple(from, to, protocol, key(), zone);
  }

  private void clear() {
    source = null;
    destination = null;
    protocol = 0;
    zone = Tuple.NO_ZONE;
    sourcePort = -1;
    destinationPort = -1;
    icmpType = -1;
    icmpCode = 0;
    icmpId = 0;
  }

  private void readAddresses() {
    parts.into(fields);
    while (fields.next()) {
      switch (fields.type()) {
        case 1, 3 -> source = address(fields.octets());
        case 2, 4 -> destination = address(fields.octets());
        default -> {}
      }
    }
  }

  private void readProtocol() {
    parts.into(fields);
    while (fields.next()) {
      switch (fields.type()) {
        case NUMBER -> protocol = fields.intNumber();
        case SOURCE_PORT -> sourcePort = fields.intNumber();
        case DESTINATION_PORT -> destinationPort = fields.intNumber();
        case ICMP_ID, ICMPV6_ID -> icmpId = fields.intNumber();
        case ICMP_ID + 1, ICMPV6_ID + 1 -> icmpType = fields.intNumber();
        case ICMP_ID + 2, ICMPV6_ID + 2 -> icmpCode = fields.intNumber();
        default -> {}
      }
    }
  }

  private TransportKey key() {
    if (sourcePort >= 0 && destinationPort >= 0) {
      return new TransportKey.Ports(sourcePort, destinationPort);
    }
    return icmpType >= 0 ? new TransportKey.Icmp(icmpType, icmpCode, icmpId) : TransportKey.NONE;
  }

  /** Makes an address of 4 or 16 octets; an IPv4-mapped one stays IPv6. */
  private static @Nullable InetAddress address(byte[] octets) {
    try {
      return octets.length == 16
          ? Inet6Address.getByAddress(null, octets, -1)
          : InetAddress.getByAddress(octets);
    } catch (UnknownHostException _) {
      return null; // neither 4 nor 16 octets
    }
  }

  /** Writes {@code tuple} as the attribute {@code type}. */
  static void write(MessageWriter writer, int type, Tuple tuple) {
    long nest = writer.beginNest(type);
    long ip = writer.beginNest(IP);
    int first = tuple.family() == AddressFamily.IPV4 ? 1 : 3;
    writer.octets(first, tuple.source().getAddress());
    writer.octets(first + 1, tuple.destination().getAddress());
    writer.endNest(ip);
    long proto = writer.beginNest(PROTO);
    writer.u8(NUMBER, tuple.protocol());
    writeKey(writer, tuple);
    writer.endNest(proto);
    if (tuple.zone() != Tuple.NO_ZONE) {
      writer.u16(ZONE, tuple.zone());
    }
    writer.endNest(nest);
  }

  private static void writeKey(MessageWriter writer, Tuple tuple) {
    switch (tuple.key()) {
      case TransportKey.Ports(int from, int to) ->
          writer.u16(SOURCE_PORT, from).u16(DESTINATION_PORT, to);
      case TransportKey.Icmp(int type, int code, int id) -> {
        int first = tuple.protocol() == IpProtocol.ICMPV6 ? ICMPV6_ID : ICMP_ID;
        writer.u16(first, id).u8(first + 1, type).u8(first + 2, code);
      }
      case TransportKey.None _ -> {}
    }
  }
}
