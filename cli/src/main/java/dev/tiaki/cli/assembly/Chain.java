package dev.tiaki.cli.assembly;

import dev.tiaki.dissector.dns.DnsDissector;
import dev.tiaki.dissector.dns.DnsSettings;
import dev.tiaki.dissector.http.HttpDissector;
import dev.tiaki.dissector.http.HttpSettings;
import dev.tiaki.dissector.icmp.IcmpDissector;
import dev.tiaki.dissector.icmp.IcmpFamily;
import dev.tiaki.dissector.ip.TransportDissectors;
import dev.tiaki.dissector.ipv4.HeaderChecksums;
import dev.tiaki.dissector.ipv4.Ipv4Dissector;
import dev.tiaki.dissector.ipv6.Ipv6Dissector;
import dev.tiaki.dissector.link.FrameLink;
import dev.tiaki.dissector.packet.PacketDissector;
import dev.tiaki.dissector.smtp.SmtpDissector;
import dev.tiaki.dissector.smtp.SmtpSettings;
import dev.tiaki.dissector.tcp.TcpDissector;
import dev.tiaki.dissector.tcp.TcpSettings;
import dev.tiaki.dissector.tcp.VerifyChecksums;
import dev.tiaki.dissector.tcpconnection.TcpConnectionDissector;
import dev.tiaki.dissector.tls.TlsDissector;
import dev.tiaki.dissector.tls.TlsSettings;
import dev.tiaki.dissector.tunnel.TunnelDissector;
import dev.tiaki.dissector.udp.UdpDissector;
import dev.tiaki.dissector.udpconnection.UdpConnectionDissector;
import dev.tiaki.dissector.udpconnection.UdpConnectionSettings;
import dev.tiaki.engine.worker.WorkerContext;

/**
 * The dissectors of one worker, each made and none connected: which protocols take part is the
 * business of the rules.
 *
 * @param root takes every frame
 * @param transports the transport protocols of both IP families
 * @param ipv4 IPv4
 * @param ipv6 IPv6
 * @param icmp ICMP over IPv4
 * @param icmpv6 ICMP over IPv6
 * @param udp UDP packets
 * @param datagrams UDP flows
 * @param tunnel the way into tunnels
 * @param dns DNS
 * @param tls TLS
 * @param tcp TCP packets
 * @param connections TCP connections
 * @param smtp SMTP, likewise
 * @param http HTTP/1.x, on the connections that rules select and to the ports they expect it at
 */
public record Chain(
    PacketDissector root,
    TransportDissectors transports,
    Ipv4Dissector ipv4,
    Ipv6Dissector ipv6,
    IcmpDissector icmp,
    IcmpDissector icmpv6,
    UdpDissector udp,
    UdpConnectionDissector datagrams,
    TunnelDissector tunnel,
    DnsDissector dns,
    TlsDissector tls,
    TcpDissector tcp,
    TcpConnectionDissector connections,
    SmtpDissector smtp,
    HttpDissector http) {

  /** Makes the dissectors of one worker. */
  static Chain create(WorkerContext context, RunSettings settings, TcpSettings tcp) {
    PacketDissector root = new PacketDissector(context, new FrameLink(context.counters()));
    TransportDissectors transports = new TransportDissectors();
    RunLimits limits = settings.limits();
    Ipv4Dissector ipv4 = new Ipv4Dissector(context, root, transports, limits.ipv4Fragments());
    if (!context.mode().hakaCompatible()) {
      ipv4.setHeaderChecksums(headerChecksums(settings.checksums()));
    }
    TcpConnectionDissector connections =
        new TcpConnectionDissector(context, settings.connections());
    HttpDissector http = new HttpDissector(context, HttpSettings.DEFAULTS);
    http.register(connections);
    return new Chain(
        root,
        transports,
        ipv4,
        new Ipv6Dissector(context, root, transports, limits.ipv6Fragments()),
        new IcmpDissector(context, IcmpFamily.ICMP),
        new IcmpDissector(context, IcmpFamily.ICMPV6),
        new UdpDissector(context),
        new UdpConnectionDissector(
            context, UdpConnectionSettings.DEFAULTS.withMaxFlows(limits.maxFlows())),
        new TunnelDissector(context, root),
        new DnsDissector(context, DnsSettings.DEFAULTS),
        new TlsDissector(context, TlsSettings.DEFAULTS),
        new TcpDissector(context, tcp),
        connections,
        new SmtpDissector(context, connections, SmtpSettings.DEFAULTS),
        http);
  }

  private static HeaderChecksums headerChecksums(VerifyChecksums checksums) {
    return switch (checksums) {
      case AUTO -> HeaderChecksums.COUNTED;
      case ALWAYS -> HeaderChecksums.REQUIRED;
      case NEVER -> HeaderChecksums.IGNORED;
    };
  }
}
