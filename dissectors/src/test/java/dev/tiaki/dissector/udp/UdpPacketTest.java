package dev.tiaki.dissector.udp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.dissector.ip.IpFixture;
import dev.tiaki.dissector.ipv4.Ipv4Dissector;
import dev.tiaki.dissector.ipv4.Ipv4Packet;
import dev.tiaki.engine.address.IpAddress;
import dev.tiaki.engine.buffer.VirtualBuffer;
import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.rule.OnRuleError;
import dev.tiaki.engine.rule.RuleFailure;
import dev.tiaki.engine.worker.EngineMode;
import dev.tiaki.traffic.Ipv4Datagram;
import dev.tiaki.traffic.UdpDatagram;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UdpPacketTest {
  private final IpFixture net = new IpFixture();
  private final UdpDissector udp = registered(net);

  private static UdpDissector registered(IpFixture net) {
    UdpDissector dissector = new UdpDissector(net.context);
    net.transports.set(UdpLayout.PROTOCOL, dissector);
    return dissector;
  }

  private static UdpDatagram datagram() {
    return UdpDatagram.between("10.0.0.1:5000", "10.0.0.2:53").payload("hello");
  }

  private static UdpDatagram datagram6() {
    return UdpDatagram.between("[2001:db8::1]:5000", "[2001:db8::2]:53").payload("hello");
  }

  private void onReceive(UdpPacketListener rule) {
    udp.events().receivePacket().add(rule);
  }

  @Test
  void the_fields_are_read_over_either_family() {
    List<String> seen = new ArrayList<>();
    onReceive(packet ->
        seen.add(
            "%d %d %d %b %d"
                .formatted(
                    packet.sourcePort(),
                    packet.destinationPort(),
                    packet.length(),
                    packet.verifyChecksum(),
                    packet.payload().size())));
    net.receive(datagram().toIp(), datagram6().toIp());
    assertThat(seen).containsExactly("5000 53 13 true 5", "5000 53 13 true 5");
    assertThat(net.sent).containsExactly(datagram().toIp().bytes(), datagram6().toIp().bytes());
  }

  @Test
  void a_longer_payload_repairs_length_and_checksum() {
    onReceive(packet -> packet.payload().position(2).insert(VirtualBuffer.of(new byte[] {65, 66})));
    net.receive(datagram().toIp(), datagram6().toIp());
    assertThat(net.sent)
        .containsExactly(
            datagram().payload("heABllo").toIp().bytes(),
            datagram6().payload("heABllo").toIp().bytes());
  }

  @Test
  void a_checksum_set_by_hand_is_made_right() {
    onReceive(packet -> {
      packet.setSourcePort(5555);
      packet.setChecksum(0xdead);
      packet.setLength(3);
    });
    net.receive(datagram().toIp());
    assertThat(net.sent.getFirst())
        .isEqualTo(
            UdpDatagram.between("10.0.0.1:5555", "10.0.0.2:53").payload("hello").toIp().bytes());
  }

  @Test
  void a_wrong_checksum_of_an_untouched_packet_is_kept() {
    byte[] wrong = datagram().checksum(1).toIp().bytes();
    onReceive(packet -> assertThat(packet.verifyChecksum()).isFalse());
    net.receive(wrong);
    assertThat(net.sent.getFirst()).isEqualTo(wrong);
  }

  @Test
  void no_checksum_is_right_over_ipv4_and_wrong_over_ipv6() {
    List<Boolean> right = new ArrayList<>();
    onReceive(packet -> right.add(packet.verifyChecksum()));
    net.receive(datagram().checksum(0).toIp(), datagram6().checksum(0).toIp());
    assertThat(right).containsExactly(true, false);
  }

  @Test
  void an_address_that_was_changed_below_is_in_the_checksum() {
    net.onReceive(ip -> ip.setDestination(IpAddress.ipv4(10, 0, 0, 9)));
    net.receive(datagram().toIp(), datagram().checksum(0).toIp());
    assertThat(net.sent.getFirst())
        .isEqualTo(
            UdpDatagram.between("10.0.0.1:5000", "10.0.0.9:53").payload("hello").toIp().bytes());
    assertThat(net.sent.get(1)[26]).as("none stays none").isZero();
  }

  @Test
  void bytes_behind_the_length_are_no_data_and_stay() {
    List<Integer> sizes = new ArrayList<>();
    onReceive(packet -> {
      sizes.add(packet.payloadLength());
      packet.setPayload("HELLO!".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    });
    net.receive(datagram().lengthField(11).checksum(0).toIp());
    assertThat(sizes).containsExactly(3);
    byte[] out = net.sent.getFirst();
    assertThat(out).hasSize(20 + 8 + 6 + 2).endsWith('H', 'E', 'L', 'L', 'O', '!', 'l', 'o');
    assertThat(out[25]).isEqualTo((byte) 14);
  }

  @Test
  void a_packet_with_a_lying_length_is_malformed() {
    net.receive(datagram().lengthField(14).toIp(), datagram().lengthField(7).toIp());
    net.receive(Ipv4Datagram.from("10.0.0.1", "10.0.0.2").protocol(17).payload("abc").bytes());
    assertThat(net.verdicts)
        .containsExactly("drop 1 MALFORMED", "drop 2 MALFORMED", "drop 3 MALFORMED");
    assertThat(net.alerts)
        .containsExactly(
            "corrupted udp packet, invalid length 10.0.0.1 10.0.0.2",
            "corrupted udp packet, invalid length 10.0.0.1 10.0.0.2",
            "corrupted udp packet, size is too small 10.0.0.1 10.0.0.2");
    IpFixture haka = new IpFixture(EngineMode.HAKA, OnRuleError.DROP);
    registered(haka);
    haka.receive(datagram().lengthField(14).toIp());
    assertThat(haka.verdicts).containsExactly("accept 1");
  }

  @Test
  void a_packet_is_made_from_scratch_and_received() {
    onReceive(packet -> {
      if (packet.sourcePort() != 3333) {
        Ipv4Packet ip = net.ipv4.create(net.root.create(0, Ipv4Dissector.ETHER_TYPE));
        ip.setSource(IpAddress.ipv4(192, 168, 0, 1));
        ip.setDestination(IpAddress.ipv4(192, 168, 0, 2));
        UdpPacket made = udp.create(ip, 2);
        made.setSourcePort(3333);
        made.setDestinationPort(4444);
        made.inject();
      }
    });
    net.receive(datagram().toIp());
    assertThat(net.verdicts).containsExactly("accept 1", "accept 0");
    byte[] made = net.sent.get(1);
    assertThat(made).hasSize(30);
    UdpDatagram same =
        UdpDatagram.between("192.168.0.1:3333", "192.168.0.2:4444").payload(new byte[2]);
    assertThat(java.util.Arrays.copyOfRange(made, 20, 30)).isEqualTo(same.bytes());
  }

  @Test
  void a_dropped_packet_does_not_leave_and_a_failing_rule_is_logged() {
    onReceive(packet -> packet.drop(DropReason.RULE));
    net.receive(datagram().toIp());
    assertThat(net.verdicts).containsExactly("drop 1 RULE");
    IpFixture other = new IpFixture();
    registered(other)
        .events()
        .receivePacket()
        .add(packet -> {
          throw new RuleFailure("broken", null, null);
        });
    other.receive(datagram().toIp());
    assertThat(other.log).containsExactly("error lua: udp: broken");
    assertThat(other.verdicts).containsExactly("drop 1 RULE_ERROR");
  }

  @Test
  void random_edits_leave_what_the_same_packet_built_anew_has() {
    long seed = Long.getLong("tiaki.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      byte[] before = new byte[random.nextInt(64)];
      byte[] after = new byte[random.nextInt(64)];
      random.nextBytes(before);
      random.nextBytes(after);
      IpFixture one = new IpFixture();
      registered(one).events().receivePacket().add(packet -> packet.payload().setBytes(after));
      one.receive(UdpDatagram.between("10.0.0.1:1", "10.0.0.2:2").payload(before).toIp());
      byte[] expected =
          UdpDatagram.between("10.0.0.1:1", "10.0.0.2:2").payload(after).toIp().bytes();
      assertThat(one.sent.getFirst()).as("seed %d round %d", seed, round).isEqualTo(expected);
    }
  }
}
