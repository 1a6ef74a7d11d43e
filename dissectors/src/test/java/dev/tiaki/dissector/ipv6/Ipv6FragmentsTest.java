package dev.tiaki.dissector.ipv6;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.dissector.ip.IpFixture;
import dev.tiaki.dissector.ip.IpPacket;
import dev.tiaki.engine.address.IpAddress;
import dev.tiaki.engine.buffer.VirtualBuffer;
import dev.tiaki.traffic.Fragments;
import dev.tiaki.traffic.IpDatagram;
import dev.tiaki.traffic.Ipv6Datagram;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Ipv6FragmentsTest {
  private final IpFixture net = new IpFixture();
  private final List<String> whole = new ArrayList<>();

  Ipv6FragmentsTest() {
    net.onReassembled6(ip -> whole.add(ip.protocol() + " " + text(ip)));
  }

  private static IpDatagram fragment(int offset, boolean more, String data) {
    return Ipv6Datagram.from("2001:db8::1", "2001:db8::2")
        .identification(0x1234_5678)
        .fragment(offset, more)
        .protocol(200)
        .payload(data);
  }

  private static String text(IpPacket ip) {
    return new String(IpFixture.payload(ip), StandardCharsets.US_ASCII);
  }

  private void leaves(IpDatagram... fragments) {
    assertThat(net.sent).hasSize(fragments.length);
    for (int i = 0; i < fragments.length; i++) {
      assertThat(net.sent.get(i)).as("fragment %d", i).isEqualTo(fragments[i].bytes());
    }
  }

  @Test
  void fragments_in_any_order_become_one_datagram_and_leave_in_order() {
    net.receive(fragment(8, false, "BB"), fragment(0, true, "AAAAAAAA"));
    assertThat(whole).containsExactly("200 AAAAAAAABB");
    leaves(fragment(0, true, "AAAAAAAA"), fragment(8, false, "BB"));
  }

  @Test
  void an_overlap_discards_the_datagram_and_all_that_still_comes() {
    net.receive(
        fragment(0, true, "AAAAAAAAAAAAAAAA"),
        fragment(8, true, "xxxxxxxx"),
        fragment(16, false, "CC"),
        fragment(0, true, "AAAAAAAAAAAAAAAA"));
    assertThat(whole).isEmpty();
    assertThat(net.verdicts)
        .containsExactly(
            "drop 1 MALFORMED", "drop 2 MALFORMED", "drop 3 MALFORMED", "drop 4 MALFORMED");
    assertThat(net.counters.value("ipv6.discarded")).isEqualTo(1);
    assertThat(net.ipv6.heldFragmentBytes()).isZero();
  }

  @Test
  void the_identification_is_free_again_after_a_minute() {
    net.receive(fragment(0, true, "AAAAAAAA"), fragment(0, true, "xxxxxxxx"));
    net.advance(Duration.ofSeconds(61));
    net.receive(fragment(0, true, "AAAAAAAA"), fragment(8, false, "BB"));
    assertThat(whole).containsExactly("200 AAAAAAAABB");
    assertThat(net.counters.value("ipv6.incomplete")).isZero();
  }

  @Test
  void a_fragment_that_came_twice_is_dropped_alone() {
    net.receive(
        fragment(0, true, "AAAAAAAA"), fragment(0, true, "AAAAAAAA"), fragment(8, false, "BB"));
    assertThat(whole).containsExactly("200 AAAAAAAABB");
    assertThat(net.verdicts).containsExactly("drop 2 RETRANSMISSION", "accept 1", "accept 3");
  }

  @Test
  void data_behind_the_last_fragment_discards_the_datagram() {
    net.receive(fragment(8, false, "BB"), fragment(16, true, "CCCCCCCC"));
    assertThat(net.verdicts).containsExactly("drop 1 MALFORMED", "drop 2 MALFORMED");
  }

  @Test
  void two_ends_discard_the_datagram() {
    net.receive(fragment(16, false, "CC"), fragment(8, false, "BB"));
    assertThat(net.verdicts).containsExactly("drop 1 MALFORMED", "drop 2 MALFORMED");
  }

  @Test
  void extension_headers_behind_the_fragment_header_are_walked() {
    byte[] options = {(byte) 200, 0, 1, 4, 0, 0, 0, 0};
    Ipv6Datagram first =
        Ipv6Datagram.from("2001:db8::1", "2001:db8::2").identification(9).fragment(0, true);
    byte[] data = Arrays.copyOf(options, 16);
    data[8] = 'd';
    Ipv6Datagram second =
        Ipv6Datagram.from("2001:db8::1", "2001:db8::2").identification(9).fragment(16, false);
    net.receive(first.protocol(60).payload(data), second.protocol(60).payload("end"));
    assertThat(whole).hasSize(1);
    assertThat(whole.getFirst()).startsWith("200 d").endsWith("end");
    assertThat(net.verdicts).containsExactly("accept 1", "accept 2");
  }

  @Test
  void the_whole_chain_must_stand_in_the_first_fragment() {
    byte[] half = {60, 1, 1, 12, 0, 0, 0, 0};
    Ipv6Datagram first =
        Ipv6Datagram.from("2001:db8::1", "2001:db8::2").identification(9).fragment(0, true);
    Ipv6Datagram second =
        Ipv6Datagram.from("2001:db8::1", "2001:db8::2").identification(9).fragment(8, false);
    net.receive(first.protocol(60).payload(half), second.protocol(60).payload(new byte[16]));
    assertThat(net.alerts)
        .containsExactly("invalid ipv6 extension headers 2001:db8::1 2001:db8::2");
    assertThat(net.verdicts).containsExactly("drop 1 MALFORMED", "drop 2 MALFORMED");
  }

  @Test
  void a_datagram_that_is_incomplete_after_sixty_seconds_is_dropped() {
    net.receive(fragment(0, true, "AAAAAAAA"));
    net.advance(Duration.ofSeconds(59));
    net.receive(Ipv6Datagram.from("::1", "::1").protocol(200));
    assertThat(net.verdicts).containsExactly("accept 2");
    net.advance(Duration.ofSeconds(2));
    net.receive(Ipv6Datagram.from("::1", "::1").protocol(200));
    assertThat(net.verdicts).containsExactly("accept 2", "drop 1 INCOMPLETE", "accept 3");
  }

  @Test
  void edits_and_new_addresses_go_to_the_fragments() {
    net.onReassembled6(ip -> {
      ip.payload().begin().insert(VirtualBuffer.of(new byte[8]));
      ip.setSource(IpAddress.parse("2001:db8::99"));
      ip.setTtl(3);
    });
    net.receive(fragment(0, true, "AAAAAAAA"), fragment(8, false, "BB"));
    IpDatagram first =
        Ipv6Datagram.from("2001:db8::99", "2001:db8::2")
            .identification(0x1234_5678)
            .fragment(0, true)
            .ttl(3)
            .protocol(200)
            .payload("\0\0\0\0\0\0\0\0AAAAAAAA");
    IpDatagram second =
        Ipv6Datagram.from("2001:db8::99", "2001:db8::2")
            .identification(0x1234_5678)
            .fragment(16, false)
            .ttl(3)
            .protocol(200)
            .payload("BB");
    leaves(first, second);
  }

  @Test
  void fragments_of_other_than_eight_bytes_are_invalid() {
    net.receive(fragment(0, true, "AAAAAAA"));
    assertThat(net.alerts).containsExactly("invalid ipv6 fragment 2001:db8::1 2001:db8::2");
  }

  @Test
  void random_cuts_of_a_datagram_come_out_as_they_went_in() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      byte[] data = new byte[1 + random.nextInt(3_000)];
      random.nextBytes(data);
      byte[] datagram =
          Ipv6Datagram.from("2001:db8::1", "2001:db8::2").protocol(200).payload(data).bytes();
      List<byte[]> fragments =
          new ArrayList<>(Fragments.of(datagram, 8 * (1 + random.nextInt(100)), round));
      List<byte[]> shuffled = new ArrayList<>(fragments);
      Collections.shuffle(shuffled, random);
      IpFixture fresh = new IpFixture();
      List<byte[]> seen = new ArrayList<>();
      fresh.onReassembled6(ip -> seen.add(IpFixture.payload(ip)));
      shuffled.forEach(fresh::receive);
      String where = "seed " + seed + " round " + round;
      assertThat(seen).as(where).hasSize(1);
      assertThat(seen.getFirst()).as(where).isEqualTo(data);
      assertThat(fresh.sent).as(where).containsExactlyElementsOf(fragments);
    }
  }
}
