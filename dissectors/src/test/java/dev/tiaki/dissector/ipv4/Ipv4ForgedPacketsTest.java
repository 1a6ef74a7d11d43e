package dev.tiaki.dissector.ipv4;

import static dev.tiaki.dissector.ipv4.Ipv4Samples.hello;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiaki.dissector.ip.IpFixture;
import dev.tiaki.dissector.ip.IpPacket;
import dev.tiaki.engine.address.IpAddress;
import dev.tiaki.engine.rule.OnRuleError;
import dev.tiaki.engine.worker.EngineMode;
import dev.tiaki.traffic.Encapsulation;
import dev.tiaki.traffic.Frame;
import dev.tiaki.traffic.Ipv4Datagram;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Packets that rules make. */
class Ipv4ForgedPacketsTest {
  private static final IpAddress CLIENT = IpAddress.parse("192.168.10.10");
  private static final IpAddress SERVER = IpAddress.parse("192.168.20.1");

  private final IpFixture net = new IpFixture();

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

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
