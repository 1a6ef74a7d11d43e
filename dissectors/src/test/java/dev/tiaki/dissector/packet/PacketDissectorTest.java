package dev.tiaki.dissector.packet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.dissector.ip.IpFixture;
import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.packet.LinkType;
import dev.tiaki.engine.packet.Packet;
import dev.tiaki.engine.rule.OnRuleError;
import dev.tiaki.engine.rule.RuleAbort;
import dev.tiaki.engine.rule.RuleFailure;
import dev.tiaki.engine.worker.EngineMode;
import dev.tiaki.traffic.Ipv4Datagram;
import dev.tiaki.traffic.Ipv6Datagram;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PacketDissectorTest {
  private static final int ARP = 0x0806;

  private final IpFixture net = new IpFixture();

  private static byte[] datagram() {
    return Ipv4Datagram.from("10.0.0.1", "10.0.0.2").protocol(200).bytes();
  }

  @Test
  void frames_that_are_not_ip_are_sent_on() {
    List<Integer> seen = new ArrayList<>();
    net.root.events().receivePacket().add(packet -> seen.add(packet.etherType()));
    net.receive(ARP, new byte[28]);
    assertThat(seen).containsExactly(ARP);
    assertThat(net.verdicts).containsExactly("accept 1");
  }

  @Test
  void a_frame_dropped_by_a_rule_goes_no_further() {
    List<String> order = new ArrayList<>();
    net.root.events().receivePacket().add(packet -> packet.drop(DropReason.RULE));
    net.root.events().receivePacket().add(packet -> order.add("second"));
    net.onReceive(ip -> order.add("ipv4"));
    net.receive(datagram());
    assertThat(order).isEmpty();
    assertThat(net.verdicts).containsExactly("drop 1 RULE");
    assertThat(net.log).isEmpty();
  }

  @Test
  void a_failing_rule_drops_the_frame() {
    net.root
        .events()
        .receivePacket()
        .add(packet -> {
          throw new RuleFailure("rules.lua:3: broken", null, "rules.lua:3");
        });
    net.receive(datagram());
    assertThat(net.log).containsExactly("error lua: receive: rules.lua:3: broken");
    assertThat(net.verdicts).containsExactly("drop 1 RULE_ERROR");
  }

  @Test
  void an_abort_is_silent() {
    net.root
        .events()
        .sendPacket()
        .add(packet -> {
          throw RuleAbort.instance();
        });
    net.receive(datagram());
    assertThat(net.log).isEmpty();
    assertThat(net.verdicts).containsExactly("drop 1 RULE");
  }

  @Test
  void haka_drops_ipv4_that_no_dissector_was_loaded_for_and_accepts_the_rest() {
    IpFixture haka = new IpFixture(EngineMode.HAKA, OnRuleError.DROP);
    PacketDissector bare =
        new PacketDissector(haka.context, packet -> packet.setNetwork(14, etherType(packet)));
    for (int etherType : new int[] {0x0800, 0x86dd, ARP}) {
      bare.receive(packet(haka, etherType));
    }
    assertThat(haka.alerts).containsExactly("dropping unknown dissector 'ipv4'");
    assertThat(haka.verdicts).containsExactly("drop 1 POLICY", "accept 1", "accept 1");
  }

  @Test
  void a_policy_may_let_everything_pass() {
    IpFixture haka = new IpFixture(EngineMode.HAKA, OnRuleError.DROP);
    PacketDissector bare =
        new PacketDissector(haka.context, packet -> packet.setNetwork(14, etherType(packet)));
    bare.setPolicy((packet, known) -> null);
    bare.receive(packet(haka, 0x0800));
    assertThat(haka.alerts).isEmpty();
    assertThat(haka.verdicts).containsExactly("accept 1");
  }

  private static int etherType(Packet packet) {
    return (packet.array()[12] & 0xff) << 8 | (packet.array()[13] & 0xff);
  }

  private static Packet packet(IpFixture net, int etherType) {
    Packet packet = net.context.packets().acquire();
    byte[] frame = packet.fill(60, 60);
    frame[12] = (byte) (etherType >> 8);
    frame[13] = (byte) etherType;
    packet.describe(LinkType.ETHERNET, 0, 1);
    return packet;
  }

  @Test
  void both_families_are_dissected() {
    List<String> seen = new ArrayList<>();
    net.onReceive(ip -> seen.add("ipv4"));
    net.onReceive6(ip -> seen.add("ipv6"));
    net.receive(Ipv6Datagram.from("::1", "::2").protocol(200).bytes());
    net.receive(datagram());
    assertThat(seen).containsExactly("ipv6", "ipv4");
  }

  @Test
  void blank_frames_name_the_protocol_on_every_link_type() {
    ForgedFrames frames = new ForgedFrames(net.context);
    assertThat(frames.blank(LinkType.LINUX_SLL, 0x0800, 2).toByteArray())
        .containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0);
    assertThat(frames.blank(LinkType.LINUX_SLL2, 0x86dd, 0).toByteArray())
        .startsWith(0x86, 0xdd)
        .hasSize(20);
    assertThat(frames.blank(LinkType.NULL, 0x0800, 0).toByteArray()).containsExactly(2, 0, 0, 0);
    assertThat(frames.blank(LinkType.LOOP, 0x0800, 0).toByteArray()).containsExactly(0, 0, 0, 2);
    assertThat(frames.blank(LinkType.RAW, 0x0800, 1).toByteArray()).containsExactly(0);
  }
}
