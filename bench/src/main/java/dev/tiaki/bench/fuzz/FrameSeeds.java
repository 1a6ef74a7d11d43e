package dev.tiaki.bench.fuzz;

import dev.tiaki.traffic.Encapsulation;
import dev.tiaki.traffic.Frame;
import dev.tiaki.traffic.IcmpMessage;
import dev.tiaki.traffic.IpDatagram;
import dev.tiaki.traffic.Ipv4Datagram;
import dev.tiaki.traffic.TcpOption;
import dev.tiaki.traffic.Trace;
import dev.tiaki.traffic.TunnelBytes;
import dev.tiaki.traffic.UdpDatagram;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Good frames of the protocols below applications. */
final class FrameSeeds {
  private static final int IPV4 = 0x0800;
  private static final int IPV6 = 0x86dd;
  private static final int BRIDGED = 0x6558;

  private FrameSeeds() {}

  private static List<Piece> input(Consumer<Trace> story) {
    Trace trace = new Trace();
    story.accept(trace);
    return trace.frames().stream().map(Frame::bytes).map(Piece::up).toList();
  }

  private static IpDatagram datagram(String from, String to, int octets) {
    return UdpDatagram.between(from, to).payload("x".repeat(octets)).toIp();
  }

  static List<List<Piece>> ip() {
    return List.of(
        input(trace -> trace.send(datagram("10.0.0.1:1", "10.0.0.2:2", 200)).fragment(64)),
        input(
            trace -> trace.send(datagram("[2001:db8::1]:1", "[2001:db8::2]:2", 200)).fragment(64)),
        input(trace -> trace.send(datagram("10.0.0.1:1", "10.0.0.2:2", 9)).send(ipWithOptions())),
        input(trace -> trace.send(extended())),
        input(trace ->
            trace.over(Encapsulation.vlan(7, 9)).send(datagram("10.0.0.1:1", "10.0.0.2:2", 9))));
  }

  private static byte[] ipWithOptions() {
    byte[] plain = datagram("10.0.0.1:1", "10.0.0.2:2", 9).bytes();
    byte[] longer = new byte[plain.length + 8];
    System.arraycopy(plain, 0, longer, 0, 20);
    System.arraycopy(plain, 20, longer, 28, plain.length - 20);
    longer[0] = 0x47;
    longer[3] = (byte) (longer[3] + 8);
    longer[20] = 7; // record route
    longer[21] = 7;
    longer[22] = 4;
    return longer;
  }

  /** Hop-by-hop options and a routing header before UDP. */
  private static byte[] extended() {
    byte[] plain = datagram("[2001:db8::1]:1", "[2001:db8::2]:2", 9).bytes();
    byte[] longer = new byte[plain.length + 16];
    System.arraycopy(plain, 0, longer, 0, 40);
    System.arraycopy(plain, 40, longer, 56, plain.length - 40);
    longer[5] = (byte) (longer[5] + 16);
    longer[6] = 0;
    longer[40] = 43;
    longer[42] = 1;
    longer[43] = 4;
    longer[48] = 17;
    return longer;
  }

  static List<List<Piece>> icmp() {
    IpDatagram about = datagram("10.0.0.1:1000", "10.0.0.2:2000", 30);
    IpDatagram about6 = datagram("[2001:db8::1]:1000", "[2001:db8::2]:2000", 30);
    return List.of(
        input(trace -> trace.send(IcmpMessage.between("10.0.0.1", "10.0.0.2").echo(1, 2).toIp())),
        input(trace ->
            trace.send(IcmpMessage.between("10.0.0.2", "10.0.0.1").portUnreachable(about).toIp())),
        input(trace ->
            trace.send(
                IcmpMessage.between("2001:db8::2", "2001:db8::1").portUnreachable(about6).toIp())),
        input(trace ->
            trace.send(
                IcmpMessage.between("2001:db8::2", "2001:db8::1")
                    .type(135, 0)
                    .payload(new byte[24])
                    .toIp())),
        input(trace ->
            trace.send(
                IcmpMessage.between("10.0.0.9", "10.0.0.1")
                    .type(5, 1)
                    .rest(0x0a000001)
                    .payload(about.bytes())
                    .toIp())));
  }

  static List<List<Piece>> udp() {
    return List.of(
        input(trace ->
            trace
                .send(datagram("10.0.0.1:5000", "10.0.0.2:6000", 40))
                .send(datagram("10.0.0.2:6000", "10.0.0.1:5000", 50))),
        input(trace -> trace.send(datagram("[2001:db8::1]:5000", "[2001:db8::2]:6000", 40))),
        input(trace ->
            trace.send(
                UdpDatagram.between("10.0.0.1:5000", "10.0.0.2:6000")
                    .payload("no sum")
                    .checksum(0)
                    .toIp())));
  }

  static List<List<Piece>> tcp() {
    return List.of(
        input(trace ->
            trace
                .conversation("10.0.0.1:5000", "10.0.0.2:6000")
                .synOptions(TcpOption.mss(1460), TcpOption.windowScale(7), TcpOption.nop())
                .withTimestamps()
                .handshake()
                .up("one two three")
                .down("four five six")
                .up("seven")
                .fin()),
        input(trace ->
            trace
                .conversation("[2001:db8::1]:5000", "[2001:db8::2]:6000")
                .handshake()
                .up("abcdefghij")
                .upAt(5, "fghijklmno")
                .swap()
                .down("k".repeat(100))
                .fragment(64)
                .upRst()));
  }

  static List<List<Piece>> tunnel() {
    byte[] inner = datagram("192.168.0.1:1000", "192.168.0.2:2000", 20).bytes();
    byte[] inner6 = datagram("[2001:db8::1]:1000", "[2001:db8::2]:2000", 20).bytes();
    byte[] frame = Encapsulation.ethernet().frame(inner, 0).bytes();
    List<List<Piece>> inputs = new ArrayList<>();
    List.of(
            outer(4, inner),
            outer(41, inner6),
            outer(47, TunnelBytes.gre(IPV4, inner)),
            outer(47, TunnelBytes.greWithChecksum(IPV6, inner6)),
            outer(47, TunnelBytes.gre(BRIDGED, frame)),
            overUdp(4789, TunnelBytes.vxlan(7, frame)),
            overUdp(6081, TunnelBytes.geneve(7, 2, frame)),
            overUdp(
                4789,
                TunnelBytes.vxlan(
                    8,
                    Encapsulation.ethernet()
                        .frame(outer(47, TunnelBytes.gre(IPV4, inner)).bytes(), 0)
                        .bytes())))
        .forEach(datagram -> inputs.add(input(trace -> trace.send(datagram))));
    inputs.add(input(trace -> trace.send(overUdp(4789, TunnelBytes.vxlan(7, frame))).fragment(32)));
    inputs.add(List.of(Piece.up(pppoe(inner))));
    return inputs;
  }

  private static byte[] pppoe(byte[] inner) {
    byte[] session = new byte[8 + inner.length];
    session[0] = 0x11;
    session[5] = (byte) (inner.length + 2);
    session[7] = 0x21;
    System.arraycopy(inner, 0, session, 8, inner.length);
    return Encapsulation.ethernet().frame(0x8864, session, 0).bytes();
  }

  private static IpDatagram outer(int protocol, byte[] payload) {
    return Ipv4Datagram.from("10.0.0.1", "10.0.0.2").protocol(protocol).payload(payload);
  }

  private static IpDatagram overUdp(int port, byte[] payload) {
    return UdpDatagram.between("10.0.0.1:999", "10.0.0.2:" + port).payload(payload).toIp();
  }
}
