package dev.tiaki.lua.binding;

import dev.tiaki.dissector.dns.DnsDissector;
import dev.tiaki.dissector.http.HttpDissector;
import dev.tiaki.dissector.icmp.IcmpDissector;
import dev.tiaki.dissector.ipv4.Ipv4Dissector;
import dev.tiaki.dissector.ipv6.Ipv6Dissector;
import dev.tiaki.dissector.packet.ForgedFrames;
import dev.tiaki.dissector.packet.PacketDissector;
import dev.tiaki.dissector.smtp.SmtpDissector;
import dev.tiaki.dissector.tcp.TcpDissector;
import dev.tiaki.dissector.tcpconnection.TcpConnectionDissector;
import dev.tiaki.dissector.tls.TlsDissector;
import dev.tiaki.dissector.tunnel.TunnelDissector;
import dev.tiaki.dissector.udp.UdpDissector;
import dev.tiaki.dissector.udpconnection.UdpConnectionDissector;

/**
 * The dissectors of one worker that rules can reach.
 *
 * @param packet the root
 * @param forgedFrames what makes frames that were not captured
 * @param ipv4 IPv4
 * @param ipv6 IPv6
 * @param icmp ICMP over IPv4
 * @param icmpv6 ICMP over IPv6
 * @param udp UDP packets
 * @param udpConnection UDP flows
 * @param tunnel the way into tunnels
 * @param dns DNS
 * @param tls TLS
 * @param tcp TCP packets
 * @param tcpConnection TCP connections
 * @param smtp SMTP
 * @param http HTTP/1.x
 */
public record Dissectors(
    PacketDissector packet,
    ForgedFrames forgedFrames,
    Ipv4Dissector ipv4,
    Ipv6Dissector ipv6,
    IcmpDissector icmp,
    IcmpDissector icmpv6,
    UdpDissector udp,
    UdpConnectionDissector udpConnection,
    TunnelDissector tunnel,
    DnsDissector dns,
    TlsDissector tls,
    TcpDissector tcp,
    TcpConnectionDissector tcpConnection,
    SmtpDissector smtp,
    HttpDissector http) {}
