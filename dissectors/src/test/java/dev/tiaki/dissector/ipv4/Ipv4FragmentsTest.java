package dev.tiaki.dissector.ipv4;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.dissector.icmp.IcmpFamily;
import dev.tiaki.dissector.ip.FragmentLimits;
import dev.tiaki.dissector.ip.IpFixture;
import dev.tiaki.dissector.ip.IpPacket;
import dev.tiaki.dissector.ip.TransportDissector;
import dev.tiaki.engine.address.IpAddress;
import dev.tiaki.engine.buffer.VirtualBuffer;
import dev.tiaki.engine.checksum.InternetChecksum;
import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.rule.OnRuleError;
import dev.tiaki.engine.rule.RuleAbort;
import dev.tiaki.engine.worker.EngineMode;
import dev.tiaki.traffic.Ipv4Datagram;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class Ipv4FragmentsTest {
  private static final String INVALID = "invalid ipv4 fragment 10.0.0.1 10.0.0.2";

  private final IpFixture net = new IpFixture();
  private final List<String> whole = new ArrayList<>();

  Ipv4FragmentsTest() {
    net.onReassembled(ip -> whole.add(text(ip)));
  }

  private static Ipv4Datagram fragment(int offset, boolean more, String data) {
    return fragment(5555, offset, more, data);
  }

  private static Ipv4Datagram fragment(int id, int offset, boolean more, String data) {
    Ipv4Datagram fragment =
        Ipv4Datagram.from("10.0.0.1", "10.0.0.2").identification(id).fragmentOffset(offset);
    if (more) {
      fragment.moreFragments();
    }
    fragment.protocol(200).payload(data);
    return fragment;
  }

  private static String text(IpPacket ip) {
    return new String(IpFixture.payload(ip), StandardCharsets.US_ASCII);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private void leaves(Ipv4Datagram... fragments) {
    assertThat(net.sent).hasSize(fragments.length);
    for (int i = 0; i < fragments.length; i++) {
      assertThat(net.sent.get(i)).as("fragment %d", i).isEqualTo(fragments[i].bytes());
    }
  }

  @Test
  void fragments_in_order_become_one_datagram_and_leave_as_they_came() {
    net.receive(fragment(0, true, "AAAAAAAA"), fragment(8, true, "BBBBBBBB"));
    assertThat(net.verdicts).isEmpty();
    net.receive(fragment(16, false, "CC"));
    assertThat(whole).containsExactly("AAAAAAAABBBBBBBBCC");
    assertThat(net.verdicts).containsExactly("accept 1", "accept 2", "accept 3");
    leaves(fragment(0, true, "AAAAAAAA"), fragment(8, true, "BBBBBBBB"), fragment(16, false, "CC"));
    assertThat(net.counters.value("ipv4.reassembled")).isEqualTo(1);
  }

  @Test
  void fragments_in_any_order_leave_in_order() {
    net.receive(
        fragment(16, false, "CC"), fragment(0, true, "AAAAAAAA"), fragment(8, true, "BBBBBBBB"));
    assertThat(whole).containsExactly("AAAAAAAABBBBBBBBCC");
    assertThat(net.verdicts).containsExactly("accept 2", "accept 3", "accept 1");
  }

  @Test
  void datagrams_are_told_apart_by_identification_and_protocol() {
    Ipv4Datagram other = Ipv4Datagram.from("10.0.0.1", "10.0.0.2").identification(5555);
    other.fragmentOffset(8).protocol(201).payload("ZZ");
    net.receive(fragment(0, true, "AAAAAAAA"), fragment(7, 8, false, "XX"), other);
    assertThat(whole).isEmpty();
    net.receive(fragment(8, false, "BB"));
    assertThat(whole).containsExactly("AAAAAAAABB");
    assertThat(net.ipv4.waitingDatagrams()).isEqualTo(2);
  }

  @Test
  void every_fragment_is_received_and_only_whole_datagrams_go_on() {
    List<Integer> received = new ArrayList<>();
    List<String> left = new ArrayList<>();
    net.onReceive(ip -> received.add(ip.fragmentOffset()));
    net.ipv4.events().sendPacket().add(ip -> left.add(text(ip)));
    net.receive(fragment(0, true, "AAAAAAAA"), fragment(8, false, "BB"));
    assertThat(received).containsExactly(0, 8);
    assertThat(left).containsExactly("AAAAAAAABB");
  }

  @Test
  void the_fragment_with_the_lower_offset_wins_and_one_without_new_data_is_dropped() {
    net.receive(
        fragment(0, true, "AAAAAAAAAAAAAAAA"),
        fragment(8, true, "xxxxxxxx"),
        fragment(16, false, "yyyyyyyy"));
    assertThat(whole).containsExactly("AAAAAAAAAAAAAAAAyyyyyyyy");
    assertThat(net.alerts).isEmpty();
    assertThat(net.verdicts).containsExactly("drop 2 RETRANSMISSION", "accept 1", "accept 3");
    assertThat(net.counters.value("ipv4.duplicateFragments")).isEqualTo(1);
    leaves(fragment(0, true, "AAAAAAAAAAAAAAAA"), fragment(16, false, "yyyyyyyy"));
  }

  @Test
  void a_fragment_behind_the_last_one_is_invalid() {
    net.receive(
        fragment(0, true, "AAAAAAAA"),
        fragment(16, true, "BBBBBBBB"),
        fragment(8, false, "XXXXXXXXZZZZZZZZYYYYYYYY"));
    assertThat(net.alerts).containsExactly(INVALID);
    assertThat(whole).containsExactly("AAAAAAAAXXXXXXXXZZZZZZZZYYYYYYYY");
    assertThat(net.verdicts).containsExactly("drop 2 MALFORMED", "accept 1", "accept 3");
  }

  @Test
  void a_fragment_that_arrives_behind_the_known_end_is_invalid() {
    net.receive(fragment(8, false, "BB"), fragment(16, true, "CCCCCCCC"), fragment(24, false, "D"));
    assertThat(net.alerts).containsExactly(INVALID, INVALID);
    net.receive(fragment(0, true, "AAAAAAAA"));
    assertThat(whole).containsExactly("AAAAAAAABB");
  }

  @Test
  void a_fragment_that_reaches_past_the_known_end_is_invalid() {
    net.receive(fragment(8, false, "BB"), fragment(0, true, "AAAAAAAAAAAAAAAA"));
    assertThat(net.alerts).containsExactly(INVALID);
    assertThat(whole).isEmpty();
  }

  @Test
  void of_two_fragments_at_one_offset_the_later_arrival_wins() {
    net.receive(
        fragment(0, true, "AAAAAAAA"), fragment(0, true, "aaaaaaaa"), fragment(8, false, "BB"));
    assertThat(whole).containsExactly("aaaaaaaaBB");
    assertThat(net.verdicts).containsExactly("drop 1 RETRANSMISSION", "accept 2", "accept 3");
  }

  @Test
  void a_partial_overlap_trims_the_later_fragment_and_no_other() {
    net.receive(
        fragment(0, true, "AAAAAAAAAAAAAAAA"),
        fragment(8, true, "xxxxxxxxBBBBBBBB"),
        fragment(24, false, "CCCC"));
    assertThat(whole).containsExactly("AAAAAAAAAAAAAAAABBBBBBBBCCCC");
    leaves(
        fragment(0, true, "AAAAAAAAAAAAAAAA"),
        fragment(16, true, "BBBBBBBB"),
        fragment(24, false, "CCCC"));
  }

  @Test
  void what_is_inserted_enlarges_the_fragment_it_was_inserted_in() {
    net.onReassembled(ip -> ip.payload().position(4).insert(VirtualBuffer.of(bytes("12345678"))));
    net.receive(
        fragment(0, true, "AAAAAAAA"), fragment(8, true, "BBBBBBBB"), fragment(16, false, "CC"));
    leaves(
        fragment(0, true, "AAAA12345678AAAA"),
        fragment(16, true, "BBBBBBBB"),
        fragment(24, false, "CC"));
  }

  @Test
  void what_is_inserted_between_two_fragments_belongs_to_the_first() {
    net.onReassembled(ip -> ip.payload().position(8).insert(VirtualBuffer.of(bytes("HAKAHAKA"))));
    net.receive(fragment(0, true, "AAAAAAAA"), fragment(8, false, "BB"));
    leaves(fragment(0, true, "AAAAAAAAHAKAHAKA"), fragment(16, false, "BB"));
  }

  @Test
  void several_edits_each_stay_in_their_fragment() {
    net.onReassembled(ip -> {
      ip.payload().position(20).insert(VirtualBuffer.of(bytes("12345678")));
      ip.payload().sub(9, 6).replace(VirtualBuffer.of(bytes("87654321abcdef")));
      ip.payload().position(2).insert(VirtualBuffer.of(bytes("--------")));
    });
    net.receive(
        fragment(0, true, "AAAAAAAA"),
        fragment(8, true, "BBBBBBBB"),
        fragment(16, true, "CCCCCCCC"),
        fragment(24, false, "DD"));
    leaves(
        fragment(0, true, "AA--------AAAAAA"),
        fragment(16, true, "B87654321abcdefB"),
        fragment(32, true, "CCCC12345678CCCC"),
        fragment(48, false, "DD"));
  }

  @Test
  void a_payload_that_is_replaced_as_a_whole_keeps_its_boundaries_around_the_change() {
    net.onReassembled(ip -> {
      byte[] changed = bytes("AAAAAAAABBBB12345678BBBBCC");
      ip.replacePayload(changed, 0, changed.length);
    });
    net.receive(
        fragment(0, true, "AAAAAAAA"), fragment(8, true, "BBBBBBBB"), fragment(16, false, "CC"));
    leaves(
        fragment(0, true, "AAAAAAAA"),
        fragment(8, true, "BBBB12345678BBBB"),
        fragment(24, false, "CC"));
  }

  @Test
  void a_length_that_is_no_multiple_of_eight_spills_into_the_next_fragment() {
    net.onReassembled(ip -> ip.payload().position(4).insert(VirtualBuffer.of(bytes("123"))));
    net.receive(fragment(0, true, "AAAAAAAA"), fragment(8, false, "BB"));
    leaves(fragment(0, true, "AAAA123A"), fragment(8, false, "AAABB"));
  }

  @Test
  void a_fragment_whose_data_was_erased_vanishes() {
    net.onReassembled(ip -> ip.payload().sub(8, 8).erase());
    net.receive(
        fragment(0, true, "AAAAAAAA"), fragment(8, true, "BBBBBBBB"), fragment(16, false, "CC"));
    leaves(fragment(0, true, "AAAAAAAA"), fragment(8, false, "CC"));
    assertThat(net.verdicts).containsExactly("accept 1", "drop 2 EMPTIED", "accept 3");
  }

  @Test
  void the_last_fragment_left_says_that_it_is_the_last() {
    net.onReassembled(ip -> ip.payload().sub(8, -1).erase());
    net.receive(
        fragment(0, true, "AAAAAAAA"), fragment(8, true, "BBBBBBBB"), fragment(16, false, "CC"));
    leaves(fragment(0, false, "AAAAAAAA"));
  }

  @Test
  void a_byte_written_in_place_changes_its_fragment_only() {
    net.onReassembled(ip -> ip.payload().set(9, 'b'));
    net.receive(
        fragment(0, true, "AAAAAAAA"), fragment(8, true, "BBBBBBBB"), fragment(16, false, "CC"));
    leaves(fragment(0, true, "AAAAAAAA"), fragment(8, true, "BbBBBBBB"), fragment(16, false, "CC"));
  }

  @Test
  void a_new_address_goes_to_every_fragment() {
    net.onReassembled(ip -> {
      ip.setDestination(IpAddress.parse("10.9.9.9"));
      ip.setTtl(7);
    });
    net.receive(fragment(0, true, "AAAAAAAA"), fragment(8, false, "BB"));
    for (byte[] out : net.sent) {
      assertThat(IpAddress.readIpv4(out, 16)).hasToString("10.9.9.9");
      assertThat(out[8]).isEqualTo((byte) 7);
      assertThat(InternetChecksum.of(out, 0, 20)).isZero();
    }
    assertThat(net.sent).hasSize(2);
  }

  @Test
  void dropping_a_datagram_drops_all_its_fragments() {
    net.onReassembled(ip -> ip.drop(DropReason.RULE));
    net.receive(fragment(0, true, "AAAAAAAA"), fragment(8, false, "BB"));
    assertThat(net.verdicts).containsExactly("drop 1 RULE", "drop 2 RULE");
  }

  @Test
  void dropping_only_the_first_frame_leaves_no_fragment_behind() {
    net.onReassembled(ip -> ip.packet().drop(DropReason.RULE));
    net.receive(fragment(0, true, "AAAAAAAA"), fragment(8, false, "BB"));
    assertThat(net.verdicts).containsExactly("drop 1 RULE", "drop 2 RULE");
  }

  @Test
  void an_abort_drops_all_fragments() {
    net.onReassembled(ip -> {
      throw RuleAbort.instance();
    });
    net.receive(fragment(0, true, "AAAAAAAA"), fragment(8, false, "BB"));
    assertThat(net.verdicts).containsExactly("drop 1 RULE", "drop 2 RULE");
  }

  @Test
  void a_datagram_that_its_transport_forgets_is_dropped() {
    net.transports.set(200, transport(ip -> {}));
    net.receive(fragment(0, true, "AAAAAAAA"), fragment(8, false, "BB"));
    assertThat(net.verdicts).containsExactly("drop 1 UNCLAIMED", "drop 2 UNCLAIMED");
  }

  @Test
  void a_datagram_that_its_transport_holds_leaves_later() {
    List<IpPacket> held = new ArrayList<>();
    net.transports.set(
        200,
        transport(ip -> {
          ip.packet().hold();
          held.add(ip.retain());
        }));
    net.receive(fragment(0, true, "AAAAAAAA"), fragment(8, false, "BB"));
    assertThat(net.verdicts).isEmpty();
    held.getFirst().send();
    assertThat(net.verdicts).containsExactly("accept 1", "accept 2");
  }

  private static TransportDissector transport(Consumer<IpPacket> receiver) {
    return new TransportDissector() {
      @Override
      public String name() {
        return "test";
      }

      @Override
      public void receive(IpPacket ip) {
        receiver.accept(ip);
      }
    };
  }

  @Test
  void a_fragment_is_processed_alone_when_a_rule_says_so() {
    net.onReceive(ip -> ip.setDontReassemble(true));
    net.receive(fragment(8, true, "BBBBBBBB"));
    assertThat(whole).containsExactly("BBBBBBBB");
    assertThat(net.verdicts).containsExactly("accept 1");
  }

  @Test
  void only_the_first_fragment_alone_has_a_transport_header() {
    List<String> messages = new ArrayList<>();
    net.icmp.events().receivePacket().add(icmp -> messages.add(icmp.ip().source().toString()));
    net.onReceive(ip -> ip.setDontReassemble(true));
    Ipv4Datagram second = Ipv4Datagram.from("10.0.0.2", "10.0.0.1").fragmentOffset(8);
    second.protocol(IcmpFamily.ICMP.protocol()).payload("AAAAAAAA");
    Ipv4Datagram first = Ipv4Datagram.from("10.0.0.1", "10.0.0.2").moreFragments();
    first.protocol(IcmpFamily.ICMP.protocol()).payload("AAAAAAAA");
    net.receive(second, first);
    assertThat(messages).containsExactly("10.0.0.1");
    assertThat(net.verdicts).containsExactly("accept 1", "accept 2");
  }

  @Test
  void an_edit_of_a_single_fragment_is_part_of_the_datagram() {
    net.onReceive(ip -> {
      if (ip.fragmentOffset() == 8) {
        ip.payload().append(VirtualBuffer.of(bytes("!!")));
        ip.setTtl(3);
      }
    });
    net.receive(fragment(0, true, "AAAAAAAA"), fragment(8, false, "BB"));
    assertThat(whole).containsExactly("AAAAAAAABB!!");
    assertThat(net.sent.get(1)[8]).isEqualTo((byte) 3);
    assertThat(InternetChecksum.of(net.sent.get(1), 0, 20)).isZero();
  }

  @Test
  void a_fragment_that_is_not_the_last_holds_whole_units_of_eight_bytes() {
    net.receive(fragment(0, true, "AAAAAAA"), fragment(8, true, ""));
    assertThat(net.alerts).containsExactly(INVALID, INVALID);
    assertThat(net.verdicts).containsExactly("drop 1 MALFORMED", "drop 2 MALFORMED");
  }

  @Test
  void no_fragment_reaches_past_65535_bytes() {
    net.receive(fragment(65_512, false, "0123456789abcdef"));
    assertThat(net.alerts).containsExactly(INVALID);
  }

  @Test
  void the_largest_datagram_is_reassembled() {
    int size = 65_515;
    int[] lengths = new int[1];
    net.onReassembled(ip -> lengths[0] = ip.payloadLength());
    for (int at = 0; at < size; at += 1480) {
      int length = Math.min(1480, size - at);
      net.receive(fragment(at, at + length < size, "x".repeat(length)));
    }
    assertThat(lengths[0]).isEqualTo(size);
    assertThat(net.verdicts).hasSize(45).allMatch(verdict -> verdict.startsWith("accept"));
  }

  @Test
  void a_datagram_that_outgrows_65535_bytes_cannot_leave() {
    net.onReassembled(ip -> ip.payload().append(VirtualBuffer.allocate(65_600)));
    net.receive(fragment(0, true, "AAAAAAAA"), fragment(8, false, "BB"));
    assertThat(net.verdicts).containsExactly("drop 1 BOUND", "drop 2 BOUND");
  }

  @Test
  void an_incomplete_datagram_is_dropped_after_thirty_seconds() {
    net.receive(fragment(0, true, "AAAAAAAA"));
    net.advance(Duration.ofSeconds(29));
    net.receive(fragment(7, 0, true, "XXXXXXXX"));
    assertThat(net.verdicts).isEmpty();
    net.advance(Duration.ofSeconds(2));
    net.receive(fragment(8, false, "BB"));
    assertThat(net.verdicts).containsExactly("drop 1 INCOMPLETE");
    assertThat(net.counters.value("ipv4.incomplete")).isEqualTo(1);
    assertThat(whole).isEmpty();
  }

  @Test
  void haka_waits_longer() {
    IpFixture haka = new IpFixture(EngineMode.HAKA, OnRuleError.DROP);
    haka.receive(fragment(0, true, "AAAAAAAA"));
    haka.advance(Duration.ofSeconds(99));
    haka.receive(fragment(8, false, "BB"));
    assertThat(haka.verdicts).containsExactly("accept 1", "accept 2");
  }

  @Test
  void incomplete_datagrams_are_never_sent() {
    net.receive(fragment(8, false, "BB"), fragment(7, 0, true, "XXXXXXXX"));
    net.finish();
    assertThat(net.verdicts).containsExactly("drop 1 INCOMPLETE", "drop 2 INCOMPLETE");
    assertThat(net.sent).isEmpty();
    assertThat(net.ipv4.waitingDatagrams()).isZero();
    assertThat(net.ipv4.heldFragmentBytes()).isZero();
  }

  @Test
  void the_oldest_datagram_gives_way_when_there_are_too_many() {
    IpFixture small = new IpFixture(limits(2, 16, 1 << 20), FragmentLimits.IPV6);
    for (int id = 1; id <= 3; id++) {
      small.receive(fragment(id, 0, true, "AAAAAAAA"));
    }
    assertThat(small.verdicts).containsExactly("drop 1 BOUND");
    assertThat(small.ipv4.waitingDatagrams()).isEqualTo(2);
    assertThat(small.counters.value("ipv4.fragmentLimit")).isEqualTo(1);
  }

  @Test
  void the_oldest_datagram_gives_way_when_too_much_memory_is_held() {
    IpFixture small = new IpFixture(limits(100, 16, 3 * 2048), FragmentLimits.IPV6);
    for (int id = 1; id <= 4; id++) {
      small.receive(fragment(id, 0, true, "AAAAAAAA"));
    }
    assertThat(small.verdicts).containsExactly("drop 1 BOUND");
    assertThat(small.ipv4.heldFragmentBytes()).isEqualTo(3 * 2048);
  }

  @Test
  void a_datagram_of_too_many_fragments_is_given_up_with_those_still_to_come() {
    IpFixture small = new IpFixture(limits(100, 3, 1 << 20), FragmentLimits.IPV6);
    for (int i = 0; i < 5; i++) {
      small.receive(fragment(8 * i, true, "AAAAAAAA"));
    }
    assertThat(small.verdicts)
        .containsExactly(
            "drop 1 BOUND", "drop 2 BOUND", "drop 3 BOUND", "drop 4 BOUND", "drop 5 MALFORMED");
    assertThat(small.ipv4.heldFragmentBytes()).isZero();
    small.advance(Duration.ofSeconds(31));
    small.receive(fragment(0, true, "AAAAAAAA"));
    assertThat(small.verdicts).hasSize(5);
  }

  private static FragmentLimits limits(int datagrams, int fragments, long bytes) {
    return new FragmentLimits(datagrams, fragments, bytes, Duration.ofSeconds(30));
  }
}
