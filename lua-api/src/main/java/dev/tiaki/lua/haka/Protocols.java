package dev.tiaki.lua.haka;

import dev.tiaki.dissector.icmp.IcmpFamily;
import dev.tiaki.dissector.ip.TransportDissectors;
import dev.tiaki.dissector.ipv4.Ipv4Dissector;
import dev.tiaki.dissector.ipv6.Ipv6Dissector;
import dev.tiaki.dissector.tcp.TcpLayout;
import dev.tiaki.dissector.udp.UdpLayout;
import dev.tiaki.lua.binding.Dissectors;
import java.util.HashSet;
import java.util.Set;

/**
 * Which protocols take part. In Haka a protocol takes part only after a rule file required its
 * module; a replay starts with all of them.
 */
final class Protocols {
  private final Dissectors dissectors;
  private final TransportDissectors transports;
  private final Set<String> active = new HashSet<>();

  Protocols(Dissectors dissectors, TransportDissectors transports) {
    this.dissectors = dissectors;
    this.transports = transports;
  }

  /** Lets a protocol take part; returns false when it did already. */
  boolean activate(String protocol) {
    if (!active.add(protocol)) {
      return false;
    }
    switch (protocol) {
      case "ipv4" ->
          dissectors.packet().setNetworkDissector(Ipv4Dissector.ETHER_TYPE, dissectors.ipv4());
      case "ipv6" ->
          dissectors.packet().setNetworkDissector(Ipv6Dissector.ETHER_TYPE, dissectors.ipv6());
      case "icmp" -> transports.set(IcmpFamily.ICMP.protocol(), dissectors.icmp());
      case "icmpv6" -> transports.set(IcmpFamily.ICMPV6.protocol(), dissectors.icmpv6());
      case "udp" -> transports.set(UdpLayout.PROTOCOL, dissectors.udp());
      case "udp_connection" -> dissectors.udp().setReceiver(dissectors.udpConnection());
      case "dns" -> dissectors.dns().stand(dissectors.udpConnection(), dissectors.tcpConnection());
      case "tunnel" -> dissectors.tunnel().stand(transports, dissectors.udp());
      case "tls" -> dissectors.tls().stand(dissectors.tcpConnection());
      case "tcp" -> transports.set(TcpLayout.PROTOCOL, dissectors.tcp());
      case "tcp_connection" -> dissectors.tcp().setReceiver(dissectors.tcpConnection());
      default -> throw new IllegalArgumentException("protocol=" + protocol);
    }
    return true;
  }
}
