package dev.tiaki.traffic;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * An IP datagram that is being written; {@link #bytes} gives its octets. Lengths and checksums are
 * right unless they were set by hand.
 */
public abstract sealed class IpDatagram permits Ipv4Datagram, Ipv6Datagram {
  final InetAddress source;
  final InetAddress destination;
  int protocol = 59;
  int hopLimit = 64;
  int trafficClass;
  byte[] payload = {};
  @Nullable Integer length;

  IpDatagram(InetAddress source, InetAddress destination) {
    this.source = source;
    this.destination = destination;
  }

  /** Starts an empty datagram of the addresses' family. */
  public static IpDatagram between(InetAddress source, InetAddress destination) {
    return source.getAddress().length == 4
        ? new Ipv4Datagram(source, destination)
        : new Ipv6Datagram(source, destination);
  }

  /** Starts an empty datagram between two literal addresses of one family. */
  public static IpDatagram between(String source, String destination) {
    return between(InetAddress.ofLiteral(source), InetAddress.ofLiteral(destination));
  }

  /** Sets the protocol (IPv6: of what follows the last extension header), 0 to 255. */
  public IpDatagram protocol(int number) {
    protocol = number;
    return this;
  }

  /** Sets the time to live or hop limit; 64 unless set. */
  public IpDatagram ttl(int hops) {
    hopLimit = hops;
    return this;
  }

  /** Sets the traffic class, in IPv4 called type of service. */
  public IpDatagram trafficClass(int value) {
    trafficClass = value;
    return this;
  }

  /** Sets the identification that fragments share. */
  public abstract IpDatagram identification(int value);

  /** Sets what the datagram carries. */
  public IpDatagram payload(byte[] bytes) {
    payload = bytes.clone();
    return this;
  }

  /** Sets what the datagram carries, one octet for each character. */
  public IpDatagram payload(String text) {
    return payload(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Lies about the length field (IPv4 total length, IPv6 payload length). */
  public IpDatagram lengthField(int octets) {
    length = octets;
    return this;
  }

  /** Returns the whole datagram. */
  public abstract byte[] bytes();
}
