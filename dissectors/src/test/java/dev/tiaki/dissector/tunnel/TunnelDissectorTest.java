package dev.tiaki.dissector.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.dissector.fuzz.Mutations;
import dev.tiaki.dissector.ip.IpFixture;
import dev.tiaki.dissector.udp.UdpDissector;
import dev.tiaki.dissector.udp.UdpLayout;
import dev.tiaki.dissector.udp.UdpPacket;
import dev.tiaki.engine.checksum.InternetChecksum;
import dev.tiaki.traffic.Encapsulation;
import dev.tiaki.traffic.Frame;
import dev.tiaki.traffic.IpDatagram;
import dev.tiaki.traffic.Ipv4Datagram;
import dev.tiaki.traffic.Trace;
import dev.tiaki.traffic.TunnelBytes;
import dev.tiaki.traffic.UdpDatagram;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TunnelDissectorTest {
  private static final int IPV4 = 0x0800;

  private final List<String> seen = new ArrayList<>();
  private final IpFixture net = new IpFixture();
  private final UdpDissector udp = tunnelled(net);

  private UdpDissector tunnelled(IpFixture worker) {
    UdpDissector made = new UdpDissector(worker.context);
    worker.transports.set(UdpLayout.PROTOCOL, made);
    new TunnelDissector(worker.context, worker.root).stand(worker.transports, made);
    return made;
  }

  private static byte[] inner(String payload) {
    return UdpDatagram.between("192.168.0.1:1000", "192.168.0.2:2000")
        .payload(payload)
        .toIp()
        .bytes();
  }

  private static IpDatagram outer(int protocol, byte[] payload) {
    return Ipv4Datagram.from("10.0.0.1", "10.0.0.2").protocol(protocol).payload(payload);
  }

  private static byte[] frame(byte[] datagram) {
    return Encapsulation.ethernet().frame(datagram, 0).bytes();
  }

  private static IpDatagram vxlan(byte[] datagram) {
    return UdpDatagram.between("10.0.0.1:999", "10.0.0.2:4789")
        .payload(TunnelBytes.vxlan(7, frame(datagram)))
        .toIp();
  }

  private static IpDatagram geneve(byte[] datagram) {
    return UdpDatagram.between("10.0.0.1:999", "10.0.0.2:6081")
        .payload(TunnelBytes.geneve(7, 2, frame(datagram)))
        .toIp();
  }

  private static byte[] inner6(String payload) {
    return UdpDatagram.between("[2001:db8::1]:1000", "[2001:db8::2]:2000")
        .payload(payload)
        .toIp()
        .bytes();
  }

  private static String text(UdpPacket packet) {
    return packet.ip().source() + " " + packet.sourcePort() + " " + packet.payloadLength();
  }

  @Test
  void rules_see_the_inner_packet_of_each_kind_of_tunnel() {
    udp.events()
        .receivePacket()
        .add(packet -> {
          if (packet.destinationPort() == 2000) {
            seen.add(text(packet));
          }
        });
    List<IpDatagram> sent =
        List.of(
            outer(4, inner("hi")),
            outer(41, inner6("hi")),
            outer(47, TunnelBytes.gre(IPV4, inner("hi"))),
            outer(47, TunnelBytes.greWithChecksum(0x86dd, inner6("hi"))),
            outer(47, TunnelBytes.gre(0x6558, frame(inner("hi")))),
            vxlan(inner("hi")),
            geneve(inner("hi")),
            vxlan(outer(47, TunnelBytes.gre(IPV4, inner("hi"))).bytes()));
    for (IpDatagram datagram : sent) {
      net.receive(datagram);
    }
    assertThat(seen)
        .containsExactly(
            "192.168.0.1 1000 2",
            "2001:db8::1 1000 2",
            "192.168.0.1 1000 2",
            "2001:db8::1 1000 2",
            "192.168.0.1 1000 2",
            "192.168.0.1 1000 2",
            "192.168.0.1 1000 2",
            "192.168.0.1 1000 2");
    assertThat(net.sent).containsExactlyElementsOf(sent.stream().map(IpDatagram::bytes).toList());
    assertThat(net.counters.value("tunnel.packets")).isEqualTo(9);
    assertThat(net.defects).isEmpty();
  }

  @Test
  void an_edited_inner_packet_leaves_in_an_outer_one_with_right_lengths_and_checksums() {
    udp.events()
        .receivePacket()
        .add(packet -> {
          if (packet.destinationPort() == 2000) {
            packet
                .payload()
                .setBytes("much longer".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
          }
        });
    net.receive(
        outer(4, inner("hi")),
        outer(47, TunnelBytes.greWithChecksum(IPV4, inner("hi"))),
        vxlan(inner("hi")),
        vxlan(outer(4, inner("hi")).bytes()));
    assertThat(net.sent)
        .containsExactly(
            outer(4, inner("much longer")).bytes(),
            outer(47, TunnelBytes.greWithChecksum(IPV4, inner("much longer"))).bytes(),
            vxlan(inner("much longer")).bytes(),
            vxlan(outer(4, inner("much longer")).bytes()).bytes());
  }

  @Test
  void a_dropped_inner_packet_drops_the_frame_and_the_way_out_is_known() {
    net.onReceive(ip -> {
      if (ip.outer() != null) {
        seen.add(ip.source() + " in " + ip.outer().source());
        ip.drop(dev.tiaki.engine.packet.DropReason.RULE);
      }
    });
    net.receive(vxlan(inner("hi")));
    assertThat(seen).containsExactly("192.168.0.1 in 10.0.0.1");
    assertThat(net.verdicts).containsExactly("drop 1 RULE");
  }

  private static List<byte[]> fragments(IpDatagram datagram) {
    return new Trace().send(datagram).fragment(24).frames().stream().map(Frame::network).toList();
  }

  private static IpDatagram vxlan6(byte[] datagram) {
    return UdpDatagram.between("[2001:db8::9]:999", "[2001:db8::8]:4789")
        .payload(TunnelBytes.vxlan(7, frame(datagram)))
        .toIp();
  }

  private void seeInner() {
    udp.events()
        .receivePacket()
        .add(packet -> {
          if (packet.destinationPort() == 2000) {
            seen.add(text(packet));
          }
        });
  }

  @Test
  void an_outer_packet_in_fragments_is_gone_into_and_leaves_along_them() {
    seeInner();
    for (IpDatagram whole :
        List.of(
            vxlan(inner("hi")),
            vxlan6(inner("hi")),
            outer(47, TunnelBytes.gre(IPV4, inner("hi"))))) {
      List<byte[]> parts = fragments(whole);
      assertThat(parts).hasSizeGreaterThan(1);
      parts.forEach(net::receive);
      assertThat(net.sent).containsExactlyElementsOf(parts);
      net.sent.clear();
    }
    assertThat(seen).containsOnly("192.168.0.1 1000 2").hasSize(3);
    assertThat(net.defects).isEmpty();
    assertThat(net.verdicts).allMatch(verdict -> verdict.startsWith("accept"));
  }

  @Test
  void an_edited_packet_in_a_fragmented_outer_one_makes_its_sums_right() {
    udp.events()
        .receivePacket()
        .add(packet -> {
          if (packet.destinationPort() == 2000) {
            packet.payload().setBytes("HI".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
          }
        });
    fragments(vxlan(inner("hi"))).forEach(net::receive);
    IpFixture receiver = new IpFixture();
    List<byte[]> arrived = new ArrayList<>();
    receiver.onReassembled(ip -> arrived.add(IpFixture.payload(ip)));
    net.sent.forEach(receiver::receive);
    assertThat(arrived).containsExactly(payloadOf(vxlan(inner("HI"))));
  }

  private static byte[] payloadOf(IpDatagram datagram) {
    byte[] bytes = datagram.bytes();
    return java.util.Arrays.copyOfRange(bytes, 20, bytes.length);
  }

  @Test
  void a_dropped_packet_in_a_fragmented_outer_one_drops_all_fragments() {
    net.onReceive(ip -> {
      if (ip.outer() != null) {
        ip.drop(dev.tiaki.engine.packet.DropReason.RULE);
      }
    });
    List<byte[]> parts = fragments(vxlan(inner("hi")));
    parts.forEach(net::receive);
    assertThat(net.sent).isEmpty();
    assertThat(net.verdicts).hasSize(parts.size()).allMatch(text -> text.startsWith("drop"));
  }

  @Test
  void tunnels_deeper_than_eight_are_not_gone_into() {
    byte[] packet = inner("hi");
    for (int i = 0; i < 20; i++) {
      packet = outer(4, packet).bytes();
    }
    net.onReceive(ip -> seen.add("one"));
    net.receive(packet);
    assertThat(seen).hasSize(9);
    assertThat(net.counters.value("tunnel.tooDeep")).isEqualTo(1);
    assertThat(net.sent).containsExactly(packet);
  }

  @Test
  void what_cannot_be_gone_into_passes_as_it_is() {
    List<IpDatagram> sent =
        List.of(
            outer(47, new byte[3]),
            outer(47, TunnelBytes.gre(0x0806, new byte[28])),
            outer(47, new byte[] {0x40, 0, 8, 0, 1, 2, 3, 4}),
            UdpDatagram.between("10.0.0.1:999", "10.0.0.2:4789").payload("short").toIp(),
            UdpDatagram.between("10.0.0.1:999", "10.0.0.2:6081").payload(new byte[9]).toIp());
    for (IpDatagram datagram : sent) {
      net.receive(datagram);
    }
    assertThat(net.sent).containsExactlyElementsOf(sent.stream().map(IpDatagram::bytes).toList());
  }

  @Test
  void an_inner_packet_that_goes_on_behind_the_outer_one_is_refused() {
    seeInner();
    udp.events().receivePacket().add(packet -> packet.payload().setBytes(new byte[9]));
    byte[] whole = outer(41, inner6("hi")).bytes();
    whole[3] = 24; // the rest of the frame is behind the outer packet
    whole[10] = 0;
    whole[11] = 0;
    int checksum = InternetChecksum.of(whole, 0, 20);
    whole[10] = (byte) (checksum >> 8);
    whole[11] = (byte) checksum;
    net.receive(whole);
    assertThat(seen).isEmpty();
    assertThat(net.defects).isEmpty();
    assertThat(net.alerts)
        .allMatch(text -> text.startsWith("corrupted tunnel packet, inner packet is longer"))
        .hasSize(1);
    assertThat(net.verdicts).containsExactly("drop 1 MALFORMED");
  }

  @Test
  void mutated_tunnels_get_one_verdict_each() {
    List<byte[]> seeds =
        List.of(
            outer(47, TunnelBytes.gre(0x6558, frame(inner("hi")))).bytes(),
            vxlan(outer(4, inner("hi")).bytes()).bytes(),
            fragments(vxlan(inner("hi"))).get(0),
            fragments(vxlan(inner("hi"))).get(1),
            fragments(vxlan(inner("hi"))).getLast(),
            geneve(inner6("hi")).bytes());
    IpFixture worker = new IpFixture();
    tunnelled(worker);
    long[] counts = new long[2];
    Mutations.run(
        seeds,
        input -> {
          worker.receive(input.length == 0 ? new byte[1] : input);
          assertThat(worker.defects).isEmpty();
          counts[0]++;
          counts[1] += worker.verdicts.size();
          worker.verdicts.clear();
          worker.sent.clear();
          worker.alerts.clear();
        });
    worker.finish(); // fragments that wait get theirs now
    assertThat(counts[1] + worker.verdicts.size()).isEqualTo(counts[0]);
  }
}
