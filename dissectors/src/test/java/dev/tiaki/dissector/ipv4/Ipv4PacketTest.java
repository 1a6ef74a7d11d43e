package dev.tiaki.dissector.ipv4;

import static dev.tiaki.dissector.ipv4.Ipv4Samples.hello;
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
import dev.tiaki.engine.worker.EngineMode;
import dev.tiaki.traffic.Ipv4Datagram;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What rules read and write of a packet. */
class Ipv4PacketTest {
  private static final IpAddress SERVER = IpAddress.parse("192.168.20.1");

  private final IpFixture net = new IpFixture();

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

  private static String text(IpPacket ip) {
    return new String(IpFixture.payload(ip), StandardCharsets.US_ASCII);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
