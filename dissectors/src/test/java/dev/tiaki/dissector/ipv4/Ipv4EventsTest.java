package dev.tiaki.dissector.ipv4;

import static dev.tiaki.dissector.ipv4.Ipv4Samples.hello;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.dissector.ip.IpFixture;
import dev.tiaki.dissector.ip.IpPacket;
import dev.tiaki.engine.buffer.VirtualBuffer;
import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.rule.OnRuleError;
import dev.tiaki.engine.rule.RuleAbort;
import dev.tiaki.engine.rule.RuleFailure;
import dev.tiaki.engine.worker.EngineMode;
import dev.tiaki.traffic.Ipv4Datagram;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The way of a packet through its listeners, also when one fails. */
class Ipv4EventsTest {
  private final IpFixture net = new IpFixture();

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
