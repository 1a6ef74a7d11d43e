package dev.tiaki.dissector.ipv4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiaki.dissector.ip.IpFixture;
import dev.tiaki.dissector.ip.IpPacket;
import dev.tiaki.engine.address.IpAddress;
import dev.tiaki.engine.buffer.BufferException;
import dev.tiaki.engine.buffer.VirtualBuffer;
import dev.tiaki.engine.checksum.InternetChecksum;
import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.rule.OnRuleError;
import dev.tiaki.engine.rule.RuleAbort;
import dev.tiaki.engine.rule.RuleFailure;
import dev.tiaki.engine.worker.EngineMode;
import dev.tiaki.traffic.Encapsulation;
import dev.tiaki.traffic.Frame;
import dev.tiaki.traffic.IpDatagram;
import dev.tiaki.traffic.Ipv4Datagram;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class Ipv4PacketTest {
  private static final IpAddress CLIENT = IpAddress.parse("192.168.10.10");
  private static final IpAddress SERVER = IpAddress.parse("192.168.20.1");

  private final IpFixture net = new IpFixture();

  private static IpDatagram hello() {
    return Ipv4Datagram.from("192.168.10.10", "192.168.20.1")
        .identification(0x15b3)
        .dontFragment()
        .ttl(64)
        .trafficClass(0x10)
        .protocol(200)
        .payload("hello");
  }

  @Test
  void every_field_is_read() {
    List<String> seen = new ArrayList<>();
    net.onReceive(ip ->
        seen.add(
            "%d %d %d %d %d %d %s %s %s %d %d %d %s %s %b"
                .formatted(
                    ip.version(),
                    ip.headerLength(),
                    ip.typeOfService(),
                    ip.totalLength(),
                    ip.identification(),
                    ip.flags(),
                    ip.reservedFlag(),
                    ip.dontFragment(),
                    ip.moreFragments(),
                    ip.fragmentOffset(),
                    ip.ttl(),
                    ip.protocol(),
                    ip.source(),
                    ip.destination(),
                    ip.verifyChecksum())));
    net.receive(hello());
    assertThat(seen)
        .containsExactly(
            "4 20 16 25 5555 2 false true false 0 64 200 192.168.10.10 192.168.20.1 true");
    assertThat(net.verdicts).containsExactly("accept 1");
    assertThat(net.sent.getFirst()).isEqualTo(hello().bytes());
  }

  @Test
  void every_field_is_written_and_the_checksum_follows() {
    net.onReceive(ip -> {
      ip.setDontReassemble(true);
      ip.setVersion(4);
      ip.setHeaderLength(20);
      ip.setTotalLength(84);
      ip.setIdentification(0xbeef);
      ip.setReservedFlag(true);
      ip.setDontFragment(false);
      ip.setMoreFragments(true);
      ip.setFragmentOffset(80);
      ip.setTtl(33);
      ip.setProtocol(17);
      ip.setSource(IpAddress.ipv4(192, 168, 0, 1));
      ip.setDestination(IpAddress.parse("192.168.0.2"));
      ip.setTypeOfService(3);
    });
    net.receive(hello());
    assertThat(net.sent.getFirst())
        .isEqualTo(
            Ipv4Datagram.from("192.168.0.1", "192.168.0.2")
                .identification(0xbeef)
                .reservedBit()
                .moreFragments()
                .fragmentOffset(80)
                .ttl(33)
                .trafficClass(3)
                .protocol(17)
                .payload("hello")
                .bytes());
  }

  @Test
  void values_that_are_too_large_lose_their_upper_bits() {
    net.onReceive(ip -> {
      ip.setVersion(77);
      ip.setFragmentOffset(83);
      ip.setTtl(333);
      ip.setFlags(0xf);
      assertThat(ip.version()).isEqualTo(13);
      assertThat(ip.headerLength()).isEqualTo(20);
      assertThat(ip.fragmentOffset()).isEqualTo(80);
      assertThat(ip.ttl()).isEqualTo(77);
      assertThat(ip.flags()).isEqualTo(7);
      ip.drop(DropReason.RULE);
    });
    net.receive(hello());
    assertThat(net.defects).isEmpty();
    assertThat(net.verdicts).containsExactly("drop 1 RULE");
  }

  @Test
  void an_untouched_packet_keeps_its_wrong_checksum() {
    byte[] wrong = Ipv4Datagram.from("10.0.0.1", "10.0.0.2").checksum(0x1234).protocol(200).bytes();
    net.onReceive(ip -> assertThat(ip.verifyChecksum()).isFalse());
    net.receive(wrong);
    assertThat(net.sent.getFirst()).isEqualTo(wrong);
    assertThat(net.defects).isEmpty();
  }

  @Test
  void a_new_destination_gets_a_right_checksum() {
    net.onReceive(ip -> {
      if (ip.destination().equals(SERVER)) {
        ip.setDestination(IpAddress.parse("192.168.110.1"));
      }
    });
    net.receive(hello());
    byte[] out = net.sent.getFirst();
    assertThat(IpAddress.readIpv4(out, 16)).hasToString("192.168.110.1");
    assertThat(InternetChecksum.of(out, 0, 20)).isZero();
  }

  @Test
  void a_land_attack_is_dropped_by_its_equal_addresses() {
    net.onReceive(ip -> {
      if (ip.source().equals(ip.destination())) {
        ip.drop(DropReason.RULE);
      }
    });
    net.receive(Ipv4Datagram.from("10.0.0.1", "10.0.0.1").protocol(200));
    net.receive(hello());
    assertThat(net.verdicts).containsExactly("drop 1 RULE", "accept 2");
  }

  @Test
  void options_are_kept_and_not_part_of_the_payload() {
    List<String> seen = new ArrayList<>();
    net.onReceive(ip -> {
      seen.add(ip.headerLength() + " " + ip.optionsLength() + " " + text(ip));
      assertThat(ip.options()).containsExactly(7, 3, 4, 0);
      ip.setTtl(9);
    });
    net.receive(
        Ipv4Datagram.from("10.0.0.1", "10.0.0.2")
            .options((byte) 7, (byte) 3, (byte) 4)
            .protocol(200)
            .payload("data"));
    assertThat(seen).containsExactly("24 4 data");
    assertThat(InternetChecksum.of(net.sent.getFirst(), 0, 24)).isZero();
    assertThat(net.defects).isEmpty();
  }

  @Test
  void link_padding_is_no_payload_and_stays_behind_it() {
    byte[] padded = Arrays.copyOf(hello().bytes(), 46);
    net.onReceive(ip -> {
      assertThat(text(ip)).isEqualTo("hello");
      ip.payload().append(VirtualBuffer.of(bytes(" world")));
    });
    net.receive(padded);
    byte[] out = net.sent.getFirst();
    assertThat(out).hasSize(46 + 6);
    assertThat(out[3]).isEqualTo((byte) (20 + 11));
    assertThat(new String(out, 20, 11, StandardCharsets.US_ASCII)).isEqualTo("hello world");
    assertThat(InternetChecksum.of(out, 0, 20)).isZero();
  }

  @Test
  void each_listener_sees_the_edits_of_the_one_before() {
    net.onReceive(ip -> ip.payload().sub(1, 3).erase());
    net.onReceive(ip -> ip.payload().begin().insert(VirtualBuffer.of(bytes("<<"))));
    net.onReceive(ip -> ip.payload().set(2, 'H'));
    net.onReassembled(ip -> assertThat(text(ip)).isEqualTo("<<Ho"));
    net.receive(hello());
    assertThat(net.defects).isEmpty();
    assertThat(net.sent.getFirst())
        .isEqualTo(
            Ipv4Datagram.from("192.168.10.10", "192.168.20.1")
                .identification(0x15b3)
                .dontFragment()
                .ttl(64)
                .trafficClass(0x10)
                .protocol(200)
                .payload("<<Ho")
                .bytes());
  }

  @Test
  void a_byte_written_in_place_leaves_the_header_alone() {
    net.onReceive(ip -> ip.payload().set(0, 'J'));
    net.receive(hello());
    byte[] expected = hello().bytes();
    expected[20] = 'J';
    assertThat(net.sent.getFirst()).isEqualTo(expected);
  }

  @Test
  void a_payload_that_outgrows_the_total_length_cannot_leave() {
    net.onReceive(ip -> ip.payload().append(VirtualBuffer.allocate(65_536)));
    net.receive(hello());
    assertThat(net.verdicts).containsExactly("drop 1 BOUND");
  }

  @Test
  void events_come_in_the_order_of_a_packets_way() {
    List<String> order = new ArrayList<>();
    net.root.events().receivePacket().add(packet -> order.add("packet:receive"));
    net.root.events().sendPacket().add(packet -> order.add("packet:send"));
    net.ipv4.events().receivePacket().add(ip -> order.add("receive"));
    net.ipv4.events().receivePacketReassembled().add(ip -> order.add("reassembled"));
    net.ipv4.events().sendPacket().add(ip -> order.add("send"));
    net.receive(hello());
    assertThat(order)
        .containsExactly("packet:receive", "receive", "reassembled", "send", "packet:send");
  }

  @Test
  void a_drop_ends_the_way_of_a_packet() {
    List<String> order = new ArrayList<>();
    net.onReceive(ip -> ip.drop(DropReason.RULE));
    net.onReceive(ip -> order.add("second rule"));
    net.onReassembled(ip -> order.add("reassembled"));
    net.receive(hello());
    assertThat(order).isEmpty();
    assertThat(net.verdicts).containsExactly("drop 1 RULE");
  }

  @Test
  void a_failing_rule_drops_the_packet_and_is_logged() {
    net.onReceive(ip -> {
      throw new RuleFailure("unknown field 'none'", null, null);
    });
    net.receive(hello());
    assertThat(net.log).containsExactly("error lua: ipv4: unknown field 'none'");
    assertThat(net.verdicts).containsExactly("drop 1 RULE_ERROR");
    assertThat(net.counters.value("rules.failed")).isEqualTo(1);
  }

  @Test
  void a_failing_rule_may_be_told_to_let_packets_pass() {
    IpFixture lenient = new IpFixture(EngineMode.ENFORCE, OnRuleError.ALERT);
    lenient.onReceive(ip -> {
      throw new RuleFailure("broken", null, null);
    });
    lenient.receive(hello());
    assertThat(lenient.alerts).containsExactly("rule failed: broken");
    assertThat(lenient.verdicts).containsExactly("accept 1");
  }

  @Test
  void a_failing_rule_stops_nothing_while_only_observing() {
    IpFixture observer = new IpFixture(EngineMode.OBSERVE, OnRuleError.DROP);
    observer.onReceive(ip -> {
      throw new RuleFailure("broken", null, null);
    });
    observer.receive(hello());
    assertThat(observer.verdicts).containsExactly("accept 1");
  }

  @Test
  void a_rule_that_fails_while_the_packet_leaves_drops_it() {
    net.ipv4
        .events()
        .sendPacket()
        .add(ip -> {
          throw new RuleFailure("late", null, null);
        });
    net.receive(hello());
    assertThat(net.log).containsExactly("error lua: ipv4: late");
    assertThat(net.verdicts).containsExactly("drop 1 RULE_ERROR");
  }

  @Test
  void an_abort_drops_silently() {
    net.onReceive(ip -> {
      throw RuleAbort.instance();
    });
    net.receive(hello());
    assertThat(net.log).isEmpty();
    assertThat(net.verdicts).containsExactly("drop 1 RULE");
  }

  @Test
  void nothing_can_be_written_in_pass_through() {
    IpFixture passThrough = new IpFixture(EngineMode.HAKA_PASS_THROUGH, OnRuleError.DROP);
    List<String> errors = new ArrayList<>();
    passThrough.onReceive(ip -> {
      List<Runnable> writes =
          List.of(
              () -> ip.setVersion(4),
              () -> ip.setTtl(1),
              () -> ip.setMoreFragments(true),
              () -> ip.setSource(SERVER),
              () -> ip.computeChecksum(),
              () -> ip.payload().set(0, 1),
              () -> ip.payload().sub(0, 1).erase());
      for (Runnable write : writes) {
        assertThatThrownBy(write::run)
            .isInstanceOf(BufferException.class)
            .hasMessage("read only buffer");
        errors.add("refused");
      }
    });
    passThrough.receive(hello());
    assertThat(passThrough.defects).isEmpty();
    assertThat(errors).hasSize(7);
    assertThat(passThrough.sent.getFirst()).isEqualTo(hello().bytes());
  }

  @Test
  void a_packet_is_made_from_scratch_and_received() {
    int[] rounds = {10};
    net.onReceive(ip -> {
      ip.setDontReassemble(true);
      if (ip.protocol() != 20 && rounds[0]-- > 0) {
        Ipv4Packet made = net.ipv4.create(net.root.create(0, Ipv4Dissector.ETHER_TYPE));
        made.setIdentification(0xbeef);
        made.setReservedFlag(true);
        made.setMoreFragments(true);
        made.setFragmentOffset(80);
        made.setTtl(33);
        made.setProtocol(20);
        made.setSource(IpAddress.ipv4(192, 168, 0, 1));
        made.setDestination(IpAddress.parse("192.168.0.2"));
        made.inject();
      }
    });
    net.receive(hello());
    assertThat(net.defects).isEmpty();
    assertThat(net.verdicts).containsExactly("accept 1", "accept 0");
    assertThat(net.sent.get(1))
        .isEqualTo(
            Ipv4Datagram.from("192.168.0.1", "192.168.0.2")
                .identification(0xbeef)
                .reservedBit()
                .moreFragments()
                .fragmentOffset(80)
                .ttl(33)
                .protocol(20)
                .bytes());
  }

  @Test
  void only_forged_packets_can_be_injected() {
    net.onReceive(ip ->
        assertThatThrownBy(ip::inject)
            .isInstanceOf(IllegalStateException.class)
            .hasMessage("operation not supported"));
    net.receive(hello());
    assertThat(net.defects).isEmpty();
    assertThat(net.verdicts).containsExactly("accept 1");
  }

  @Test
  void a_view_of_a_packet_that_left_is_not_valid() {
    List<IpPacket> kept = new ArrayList<>();
    net.onReceive(ip -> kept.add(ip.retain()));
    net.receive(hello());
    assertThat(kept.getFirst().isValid()).isFalse();
    assertThatThrownBy(kept.getFirst()::send).hasMessage("invalid ipv4 packet");
  }

  @Test
  void a_retained_view_is_not_used_again() {
    List<IpPacket> views = new ArrayList<>();
    net.onReceive(views::add);
    net.receive(hello(), hello());
    assertThat(views.get(1)).isSameAs(views.get(0));
    views.get(1).retain();
    net.receive(hello());
    assertThat(views.get(2)).isNotSameAs(views.get(0));
  }

  @Test
  void a_forged_reply_goes_back_with_the_ethernet_addresses_exchanged() {
    List<byte[]> frames = new ArrayList<>();
    net.root.events().sendPacket().add(packet -> frames.add(packet.toByteArray()));
    net.onReceive(ip -> {
      IpPacket reply = ip.forge(true, 6, 20);
      assertThat(reply.payloadLength()).isEqualTo(20);
      reply.send();
    });
    Frame frame = Encapsulation.ethernet().frame(hello().bytes(), 0);
    net.receive(frame);
    byte[] reply = frames.getFirst();
    assertThat(Arrays.copyOfRange(reply, 0, 6)).isEqualTo(Arrays.copyOfRange(frame.bytes(), 6, 12));
    assertThat(Arrays.copyOfRange(reply, 6, 12)).isEqualTo(Arrays.copyOfRange(frame.bytes(), 0, 6));
    assertThat(net.sent.getFirst())
        .isEqualTo(
            Ipv4Datagram.from(SERVER.toString(), CLIENT.toString())
                .ttl(64)
                .protocol(6)
                .payload(new byte[20])
                .bytes());
    assertThat(net.verdicts).containsExactly("accept 0", "accept 1");
  }

  @Test
  void a_forged_packet_has_a_blank_link_header_as_haka_makes_it() {
    IpFixture haka = new IpFixture(EngineMode.HAKA, OnRuleError.DROP);
    List<byte[]> frames = new ArrayList<>();
    haka.root.events().sendPacket().add(packet -> frames.add(packet.toByteArray()));
    haka.onReceive(ip -> ip.forge(false, 6, 0).send());
    haka.receive(hello());
    assertThat(Arrays.copyOf(frames.getFirst(), 14))
        .containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 8, 0);
  }

  @Test
  void a_continuation_has_the_same_header_without_identification_and_options() {
    net.onReceive(ip -> {
      IpPacket rest = ip.continuation(3);
      rest.replacePayload(bytes("abc"), 0, 3);
      rest.send();
    });
    net.receive(
        Ipv4Datagram.from("10.0.0.1", "10.0.0.2")
            .identification(77)
            .dontFragment()
            .options((byte) 1)
            .ttl(17)
            .trafficClass(4)
            .protocol(200)
            .payload("data"));
    assertThat(net.sent.getFirst())
        .isEqualTo(
            Ipv4Datagram.from("10.0.0.1", "10.0.0.2")
                .dontFragment()
                .ttl(17)
                .trafficClass(4)
                .protocol(200)
                .payload("abc")
                .bytes());
  }

  @Test
  void the_policy_chooses_the_transport_of_a_packet() {
    List<String> taken = new ArrayList<>();
    net.ipv4.setPolicy((ip, known) -> {
      if (ip.protocol() == 200) {
        ip.drop(DropReason.POLICY);
      }
      taken.add(ip.protocol() + " " + (known == null ? "none" : known.name()));
      return known;
    });
    net.receive(hello());
    net.receive(Ipv4Datagram.from("10.0.0.1", "10.0.0.2").protocol(1).payload(new byte[8]));
    assertThat(taken).containsExactly("200 none", "1 icmp");
    assertThat(net.verdicts).containsExactly("drop 1 POLICY", "accept 2");
  }

  private static String text(IpPacket ip) {
    return new String(IpFixture.payload(ip), StandardCharsets.US_ASCII);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
