package dev.tiaki.dissector.icmp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.dissector.ip.IpFixture;
import dev.tiaki.dissector.ip.QuotedPacket;
import dev.tiaki.dissector.ipv4.Ipv4Dissector;
import dev.tiaki.dissector.ipv4.Ipv4Packet;
import dev.tiaki.engine.address.IpAddress;
import dev.tiaki.engine.buffer.VirtualBuffer;
import dev.tiaki.engine.checksum.InternetChecksum;
import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.rule.OnRuleError;
import dev.tiaki.engine.rule.RuleFailure;
import dev.tiaki.engine.worker.EngineMode;
import dev.tiaki.traffic.Fragments;
import dev.tiaki.traffic.IcmpMessage;
import dev.tiaki.traffic.IpDatagram;
import dev.tiaki.traffic.Ipv4Datagram;
import dev.tiaki.traffic.UdpDatagram;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IcmpPacketTest {
  private final IpFixture net = new IpFixture();

  private static byte[] ping(int dataBytes) {
    return IcmpMessage.between("10.0.0.1", "10.0.0.2")
        .echo(7, 1)
        .payload(new byte[dataBytes])
        .toIp()
        .bytes();
  }

  private void onReceive(IcmpPacketListener rule) {
    net.icmp.events().receivePacket().add(rule);
  }

  @Test
  void type_code_and_checksum_are_read() {
    List<String> seen = new ArrayList<>();
    onReceive(icmp ->
        seen.add(
            "%d %d %b %d"
                .formatted(
                    icmp.type(), icmp.code(), icmp.verifyChecksum(), icmp.payload().size())));
    net.receive(ping(56));
    assertThat(seen).containsExactly("8 0 true 60");
    assertThat(net.sent.getFirst()).isEqualTo(ping(56));
  }

  @Test
  void a_message_that_was_changed_gets_a_right_checksum() {
    onReceive(icmp -> {
      icmp.setType(50);
      icmp.setCode(12);
      icmp.setChecksum(1);
    });
    net.receive(ping(56));
    byte[] out = net.sent.getFirst();
    assertThat(out[20]).isEqualTo((byte) 50);
    assertThat(out[21]).isEqualTo((byte) 12);
    assertThat(InternetChecksum.of(out, 20, out.length - 20)).isZero();
  }

  @Test
  void a_wrong_checksum_of_an_untouched_message_is_kept() {
    byte[] wrong =
        IcmpMessage.between("10.0.0.1", "10.0.0.2").echo(7, 1).checksum(1).toIp().bytes();
    onReceive(icmp -> assertThat(icmp.verifyChecksum()).isFalse());
    net.receive(wrong);
    assertThat(net.sent.getFirst()).isEqualTo(wrong);
  }

  @Test
  void an_edited_payload_gets_a_right_checksum_and_length() {
    onReceive(icmp -> icmp.payload().position(4).insert(VirtualBuffer.of(new byte[] {1, 2, 3})));
    net.receive(ping(4));
    byte[] out = net.sent.getFirst();
    assertThat(out).hasSize(20 + 8 + 4 + 3);
    assertThat(out[3]).isEqualTo((byte) out.length);
    assertThat(InternetChecksum.of(out, 20, 15)).isZero();
    assertThat(InternetChecksum.of(out, 0, 20)).isZero();
  }

  @Test
  void a_fragmented_message_is_whole_and_its_insertion_enlarges_one_fragment() {
    List<Integer> sizes = new ArrayList<>();
    onReceive(icmp -> {
      sizes.add((int) icmp.payload().size());
      icmp.payload().position(1476).insert(VirtualBuffer.of(new byte[8]));
    });
    Fragments.of(ping(5300), 1480, 99).forEach(net::receive);
    assertThat(sizes).containsExactly(5304);
    assertThat(net.sent).extracting(out -> out.length).containsExactly(1508, 1500, 1500, 888);
    assertThat(net.verdicts).hasSize(4).allMatch(verdict -> verdict.startsWith("accept"));
  }

  @Test
  void a_message_is_made_from_scratch_and_received() {
    onReceive(icmp -> {
      if (icmp.type() != 6) {
        Ipv4Packet ip = net.ipv4.create(net.root.create(0, Ipv4Dissector.ETHER_TYPE));
        ip.setSource(IpAddress.ipv4(192, 168, 0, 1));
        ip.setDestination(IpAddress.ipv4(192, 168, 0, 2));
        net.icmp.create(ip, 6, 1).inject();
      }
    });
    net.receive(ping(0));
    assertThat(net.defects).isEmpty();
    assertThat(net.verdicts).containsExactly("accept 1", "accept 0");
    byte[] made = net.sent.get(1);
    assertThat(made).hasSize(28);
    assertThat(made[20]).isEqualTo((byte) 6);
    assertThat(made[21]).isEqualTo((byte) 1);
    assertThat(InternetChecksum.of(made, 0, 20)).isZero();
    assertThat(InternetChecksum.of(made, 20, 8)).isZero();
  }

  @Test
  void a_message_shorter_than_its_header_is_malformed() {
    byte[] tiny = Ipv4Datagram.from("10.0.0.1", "10.0.0.2").protocol(1).payload("abc").bytes();
    net.receive(tiny);
    assertThat(net.alerts)
        .containsExactly("corrupted icmp packet, size is too small 10.0.0.1 10.0.0.2");
    assertThat(net.verdicts).containsExactly("drop 1 MALFORMED");
    IpFixture haka = new IpFixture(EngineMode.HAKA, OnRuleError.DROP);
    haka.receive(tiny);
    assertThat(haka.verdicts).containsExactly("accept 1");
  }

  @Test
  void a_dropped_message_does_not_leave() {
    List<String> order = new ArrayList<>();
    onReceive(icmp -> icmp.drop(DropReason.RULE));
    net.icmp.events().sendPacket().add(icmp -> order.add("sent"));
    net.receive(ping(0));
    assertThat(order).isEmpty();
    assertThat(net.verdicts).containsExactly("drop 1 RULE");
  }

  @Test
  void a_failing_rule_is_logged_under_the_name_of_icmp() {
    onReceive(icmp -> {
      throw new RuleFailure("broken", null, null);
    });
    net.receive(ping(0));
    assertThat(net.log).containsExactly("error lua: icmp: broken");
    assertThat(net.verdicts).containsExactly("drop 1 RULE_ERROR");
  }

  @Test
  void an_echo_and_an_error_of_either_family_say_what_they_are_about() {
    IcmpDissector icmpv6 = new IcmpDissector(net.context, IcmpFamily.ICMPV6);
    net.transports.set(IcmpFamily.ICMPV6.protocol(), icmpv6);
    List<String> seen = new ArrayList<>();
    IcmpPacketListener note =
        icmp -> seen.add(icmp.message().kind() + " " + icmp.verifyChecksum() + quoted(icmp));
    onReceive(note);
    icmpv6.events().receivePacket().add(note);
    IpDatagram lost = UdpDatagram.between("10.0.0.2:53", "10.0.0.1:9").payload("x").toIp();
    IpDatagram lost6 = UdpDatagram.between("[2001:db8::2]:53", "[2001:db8::1]:9").toIp();
    net.receive(ping(8));
    net.receive(
        IcmpMessage.between("10.0.0.1", "10.0.0.2").portUnreachable(lost).toIp(),
        IcmpMessage.between("2001:db8::1", "2001:db8::2").echoReply(7, 9).toIp(),
        IcmpMessage.between("2001:db8::1", "2001:db8::2").portUnreachable(lost6).toIp(),
        IcmpMessage.between("2001:db8::1", "2001:db8::2").type(2, 0).rest(1280).toIp());
    assertThat(seen)
        .containsExactly(
            "echo_request true",
            "unreachable true 10.0.0.2:53 10.0.0.1:9",
            "echo_reply true",
            "unreachable true 2001:db8::2:53 2001:db8::1:9",
            "packet_too_big true");
  }

  private static String quoted(IcmpPacket icmp) {
    QuotedPacket about = icmp.message().quoted();
    return about == null
        ? ""
        : " %s:%d %s:%d"
            .formatted(
                about.source(), about.sourcePort(), about.destination(), about.destinationPort());
  }

  @Test
  void a_message_of_ipv6_that_was_changed_gets_a_right_checksum() {
    IcmpDissector icmpv6 = new IcmpDissector(net.context, IcmpFamily.ICMPV6);
    net.transports.set(IcmpFamily.ICMPV6.protocol(), icmpv6);
    icmpv6.events().receivePacket().add(icmp -> icmp.setCode(3));
    IcmpMessage message = IcmpMessage.between("2001:db8::1", "2001:db8::2").echo(7, 9);
    net.receive(message.toIp());
    assertThat(net.sent.getFirst()).isEqualTo(message.type(128, 3).toIp().bytes());
  }

  @Test
  void messages_with_random_bodies_never_break_their_reading() {
    long seed = Long.getLong("tiaki.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = new byte[8 + random.nextInt(80)];
      random.nextBytes(bytes);
      bytes[0] = (byte) random.nextInt(140);
      bytes[8 % bytes.length] = (byte) (random.nextBoolean() ? 0x45 : 0x60);
      for (IcmpFamily family : IcmpFamily.values()) {
        assertThat(dev.tiaki.dissector.icmp.IcmpMessage.read(family, bytes, 0, bytes.length).kind())
            .as("seed %d round %d", seed, round)
            .isNotEmpty();
      }
    }
  }
}
