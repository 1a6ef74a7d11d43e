package dev.tiaki.dissector.ipv4;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.dissector.ip.IpFixture;
import dev.tiaki.dissector.ip.IpPacket;
import dev.tiaki.engine.checksum.InternetChecksum;
import dev.tiaki.engine.rule.OnRuleError;
import dev.tiaki.engine.worker.EngineMode;
import dev.tiaki.traffic.Encapsulation;
import dev.tiaki.traffic.Frame;
import dev.tiaki.traffic.Ipv4Datagram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class Ipv4MalformedTest {
  private static final String WITH_ADDRESSES =
      "invalid ip packet, invalid size is too small 10.0.0.1 10.0.0.2";

  private final IpFixture net = new IpFixture();

  private static Ipv4Datagram datagram() {
    Ipv4Datagram datagram = Ipv4Datagram.from("10.0.0.1", "10.0.0.2");
    datagram.protocol(200).payload("payload");
    return datagram;
  }

  static Stream<Arguments> lies() {
    byte[] sound = datagram().bytes();
    return Stream.of(
        Arguments.of("nothing", new byte[0], "corrupted ip packet, size is too small"),
        Arguments.of(
            "19 bytes", Arrays.copyOf(sound, 19), "corrupted ip packet, size is too small"),
        Arguments.of(
            "header length 0", datagram().headerLengthField(0).bytes(), "corrupted ip packet"),
        Arguments.of(
            "header length 16", datagram().headerLengthField(4).bytes(), "corrupted ip packet"),
        Arguments.of(
            "header beyond the frame", datagram().headerLengthField(15).bytes(), WITH_ADDRESSES),
        Arguments.of("version 6", datagram().version(6).bytes(), "corrupted ip packet"),
        Arguments.of("version 15", datagram().version(15).bytes(), "corrupted ip packet"),
        Arguments.of("total length 0", datagram().lengthField(0).bytes(), WITH_ADDRESSES),
        Arguments.of("total length 19", datagram().lengthField(19).bytes(), WITH_ADDRESSES),
        Arguments.of("one byte too long", datagram().lengthField(28).bytes(), WITH_ADDRESSES),
        Arguments.of("total length 65535", datagram().lengthField(65_535).bytes(), WITH_ADDRESSES));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lies")
  void a_lying_header_is_dropped_with_an_alert_before_any_event(
      String name, byte[] bytes, String alert) {
    List<IpPacket> seen = new ArrayList<>();
    net.onReceive(seen::add);
    net.receive(Ipv4Dissector.ETHER_TYPE, bytes);
    assertThat(net.alerts).containsExactly(alert);
    assertThat(net.verdicts).containsExactly("drop 1 MALFORMED");
    assertThat(net.counters.value("ipv4.malformed")).isEqualTo(1);
    assertThat(seen).isEmpty();
  }

  @Test
  void the_total_length_may_be_less_than_the_frame_holds() {
    net.onReceive(ip -> assertThat(ip.payloadLength()).isZero());
    net.receive(datagram().lengthField(20));
    assertThat(net.verdicts).containsExactly("accept 1");
  }

  @Test
  void haka_does_not_look_at_the_version() {
    IpFixture haka = new IpFixture(EngineMode.HAKA, OnRuleError.DROP);
    haka.receive(Ipv4Dissector.ETHER_TYPE, datagram().version(6).bytes());
    assertThat(haka.verdicts).containsExactly("accept 1");
  }

  @Test
  void what_the_capture_cut_off_is_missing_and_not_malformed() {
    Frame cut = Encapsulation.ethernet().frame(datagram().bytes(), 0).cut(14 + 22);
    net.onReceive(ip -> {
      assertThat(ip.payloadLength()).isEqualTo(2);
      assertThat(ip.missingLength()).isEqualTo(5);
      ip.setTtl(3);
    });
    net.receive(cut);
    assertThat(net.verdicts).containsExactly("accept 1");
    assertThat(net.sent.getFirst()[3]).as("total length").isEqualTo((byte) 27);
  }

  @Test
  void a_total_length_left_to_the_network_card_ends_with_the_frame() {
    byte[] large =
        Ipv4Datagram.from("10.0.0.1", "10.0.0.2")
            .lengthField(0)
            .protocol(200)
            .payload(new byte[70_000])
            .bytes();
    net.onReceive(ip -> {
      assertThat(ip.payloadLength()).isEqualTo(70_000);
      ip.setTtl(9);
    });
    net.receive(large);
    assertThat(net.verdicts).containsExactly("accept 1");
    assertThat(net.sent.getFirst()).hasSize(70_020);
    assertThat(net.sent.getFirst()[3]).as("still open").isZero();
    assertThat(InternetChecksum.of(net.sent.getFirst(), 0, 20)).isZero();
  }

  @Test
  void haka_knows_no_open_total_length() {
    IpFixture haka = new IpFixture(EngineMode.HAKA, OnRuleError.DROP);
    haka.receive(
        Ipv4Datagram.from("10.0.0.1", "10.0.0.2").lengthField(0).payload(new byte[99]).bytes());
    assertThat(haka.alerts).containsExactly(WITH_ADDRESSES);
  }

  @Test
  void a_wrong_header_checksum_is_counted() {
    net.receive(datagram().checksum(1), datagram().checksum(0), datagram());
    assertThat(net.counters.value("ipv4.badChecksum")).isEqualTo(1);
    assertThat(net.verdicts).containsExactly("accept 1", "accept 2", "accept 3");
  }

  @Test
  void a_wrong_header_checksum_is_refused_where_it_must_be_right() {
    net.ipv4.setHeaderChecksums(HeaderChecksums.REQUIRED);
    net.receive(datagram().checksum(1), datagram().checksum(0), datagram());
    assertThat(net.verdicts).containsExactly("drop 1 MALFORMED", "accept 2", "accept 3");
  }

  @Test
  void haka_does_not_look_at_header_checksums() {
    IpFixture haka = new IpFixture(EngineMode.HAKA, OnRuleError.DROP);
    haka.receive(datagram().checksum(1));
    assertThat(haka.counters.value("ipv4.badChecksum")).isZero();
    assertThat(haka.verdicts).containsExactly("accept 1");
  }

  @Test
  void the_header_itself_must_be_there_even_in_a_cut_capture() {
    net.receive(Encapsulation.ethernet().frame(datagram().bytes(), 0).cut(14 + 19));
    assertThat(net.verdicts).containsExactly("drop 1 MALFORMED");
  }

  @Test
  void haka_drops_what_a_capture_cut() {
    IpFixture haka = new IpFixture(EngineMode.HAKA, OnRuleError.DROP);
    haka.receive(Encapsulation.ethernet().frame(datagram().bytes(), 0).cut(14 + 22));
    assertThat(haka.alerts).containsExactly(WITH_ADDRESSES);
  }

  @Test
  void random_bytes_never_break_the_engine() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    net.onReceive(ip -> {
      ip.payload().size();
      ip.options();
      ip.verifyChecksum();
      ip.setHeaderLength(random.nextInt(64));
      ip.computeChecksum();
    });
    int count = 5_000;
    for (int i = 0; i < count; i++) {
      byte[] bytes = new byte[random.nextInt(80)];
      random.nextBytes(bytes);
      if (bytes.length > 3 && random.nextBoolean()) {
        bytes[0] = (byte) (0x40 | random.nextInt(16));
        bytes[2] = 0;
        bytes[3] = (byte) random.nextInt(90);
      }
      net.receive(Ipv4Dissector.ETHER_TYPE, bytes);
    }
    net.finish();
    assertThat(net.defects).as("seed %d", seed).isEmpty();
    assertThat(net.verdicts).as("seed %d", seed).hasSize(count);
  }
}
