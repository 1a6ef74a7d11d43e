package dev.tiaki.netfilter.conntrack;

import java.net.InetAddress;

/**
 * One direction of a flow.
 *
 * @param source who sends
 * @param destination who receives
 * @param protocol the IP protocol's number
 * @param key ports or their like
 * @param zone the zone of this direction alone, {@link #NO_ZONE} when it has none
 */
public record Tuple(
    InetAddress source, InetAddress destination, int protocol, TransportKey key, int zone) {
  /** This direction has no zone of its own. */
  public static final int NO_ZONE = -1;

  /** Returns a tuple with ports. */
  public static Tuple ports(
      int protocol,
      InetAddress source,
      int sourcePort,
      InetAddress destination,
      int destinationPort) {
    return new Tuple(
        source,
        destination,
        protocol,
        new TransportKey.Ports(sourcePort, destinationPort),
        NO_ZONE);
  }

  /** Returns a tuple of TCP. */
  public static Tuple tcp(
      InetAddress source, int sourcePort, InetAddress destination, int destinationPort) {
    return ports(IpProtocol.TCP, source, sourcePort, destination, destinationPort);
  }

  /** Returns a tuple of UDP. */
  public static Tuple udp(
      InetAddress source, int sourcePort, InetAddress destination, int destinationPort) {
    return ports(IpProtocol.UDP, source, sourcePort, destination, destinationPort);
  }

  /** Returns the family of its addresses. */
  public AddressFamily family() {
    return AddressFamily.of(source);
  }

  /** Returns the source port or key, -1 when there are none. */
  public int sourcePort() {
    return key instanceof TransportKey.Ports ports ? ports.source() : -1;
  }

  /** Returns the destination port or key, -1 when there are none. */
  public int destinationPort() {
    return key instanceof TransportKey.Ports ports ? ports.destination() : -1;
  }

  /** Returns the direction of the answers without any address translation. */
  public Tuple mirrored() {
    InetAddress from = destination;
    InetAddress to = source;
    return new Tuple(from, to, protocol, mirrored(key), NO_ZONE);
  }

  /** Returns this tuple with {@code zone} as its own. */
  public Tuple withZone(int zone) {
    return new Tuple(source, destination, protocol, key, zone);
  }

  /** Returns it for people, such as {@code tcp 192.0.2.1:40000 -> 192.0.2.2:80}. */
  @Override
  public String toString() {
    String name = IpProtocol.name(protocol);
    String what = name.equals(IpProtocol.UNKNOWN) ? Integer.toString(protocol) : name;
    return what
        + " "
        + end(source, sourcePort())
        + " -> "
        + end(destination, destinationPort())
        + (key instanceof TransportKey.Icmp(int type, int code, int id)
            ? " type " + type + " code " + code + " id " + id
            : "")
        + (zone == NO_ZONE ? "" : " zone " + zone);
  }

  private static String end(InetAddress address, int port) {
    String text = address.getHostAddress();
    if (port < 0) {
      return text;
    }
    return (text.indexOf(':') < 0 ? text : "[" + text + "]") + ":" + port;
  }

  private TransportKey mirrored(TransportKey forward) {
    return switch (forward) {
      case TransportKey.Ports(int from, int to) -> new TransportKey.Ports(to, from);
      case TransportKey.Icmp(int type, int code, int id) ->
          new TransportKey.Icmp(answerType(type), code, id);
      case TransportKey.None none -> none;
    };
  }

  /** The answer to each request that the kernel tracks: nf_conntrack_proto_icmp(v6).c. */
  private int answerType(int type) {
    if (protocol == IpProtocol.ICMPV6) {
      return switch (type) {
        case 128 -> 129;
        case 129 -> 128;
        case 139 -> 140;
        case 140 -> 139;
        default -> type;
      };
    }
    return switch (type) {
      case 8 -> 0;
      case 0 -> 8;
      case 13 -> 14;
      case 14 -> 13;
      case 15 -> 16;
      case 16 -> 15;
      case 17 -> 18;
      case 18 -> 17;
      default -> type;
    };
  }
}
