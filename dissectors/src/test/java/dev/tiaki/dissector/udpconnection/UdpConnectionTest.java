package dev.tiaki.dissector.udpconnection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.dissector.ip.IpFixture;
import dev.tiaki.dissector.udp.UdpDissector;
import dev.tiaki.dissector.udp.UdpLayout;
import dev.tiaki.engine.flow.Direction;
import dev.tiaki.engine.log.LogLevel;
import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.rule.OnRuleError;
import dev.tiaki.engine.rule.RuleFailure;
import dev.tiaki.engine.worker.EngineMode;
import dev.tiaki.traffic.IpDatagram;
import dev.tiaki.traffic.UdpDatagram;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UdpConnectionTest {
  private final List<String> seen = new ArrayList<>();

  private static UdpConnectionDissector follow(IpFixture net, int maxFlows) {
    UdpDissector udp = new UdpDissector(net.context);
    net.transports.set(UdpLayout.PROTOCOL, udp);
    UdpConnectionDissector flows =
        new UdpConnectionDissector(
            net.context, UdpConnectionSettings.DEFAULTS.withMaxFlows(maxFlows));
    udp.setReceiver(flows);
    net.context.log().setDefaultLevel(LogLevel.DEBUG);
    return flows;
  }

  private UdpConnectionDissector watched(IpFixture net) {
    UdpConnectionDissector flows = follow(net, 100);
    UdpConnectionEvents events = flows.events();
    events.newConnection().add((flow, udp) -> seen.add("new " + flow.key()));
    events.receiveData().add((flow, udp, way) -> seen.add(way + " " + udp.payloadLength()));
    events.endConnection().add(flow -> seen.add("end " + flow.key()));
    return flows;
  }

  private static IpDatagram up() {
    return UdpDatagram.between("10.0.0.1:5000", "10.0.0.2:69").payload("ask").toIp();
  }

  private static IpDatagram down() {
    return UdpDatagram.between("10.0.0.2:69", "10.0.0.1:5000").payload("answer").toIp();
  }

  private static final String FLOW = "10.0.0.1:5000 -> 10.0.0.2:69";

  @Test
  void both_directions_meet_the_same_flow() {
    IpFixture net = new IpFixture();
    UdpConnectionDissector flows = watched(net);
    net.receive(up(), down(), up());
    UdpFlow flow = flows.connectionList().getFirst();
    assertThat(flow.packets(Direction.UP)).isEqualTo(2);
    assertThat(flow.bytes(Direction.DOWN)).isEqualTo(20 + 8 + 6);
    flows.finish();
    assertThat(seen).containsExactly("new " + FLOW, "UP 3", "DOWN 6", "UP 3", "end " + FLOW);
    assertThat(net.log)
        .containsExactly(
            "debug conn: opening connection " + FLOW, "debug conn: closing connection " + FLOW);
    assertThat(net.verdicts).containsExactly("accept 1", "accept 2", "accept 3");
  }

  @Test
  void a_silent_flow_is_forgotten_and_its_next_packet_passes() {
    IpFixture net = new IpFixture();
    watched(net);
    net.receive(up());
    net.advance(Duration.ofSeconds(61));
    net.receive(down());
    assertThat(seen)
        .containsExactly(
            "new " + FLOW, "UP 3", "end " + FLOW, "new 10.0.0.2:69 -> 10.0.0.1:5000", "UP 6");
    assertThat(net.verdicts).containsExactly("accept 1", "accept 2");
  }

  @Test
  void a_dropped_flow_stays_dropped_for_a_minute() {
    IpFixture net = new IpFixture();
    UdpConnectionDissector flows = watched(net);
    flows
        .events()
        .receivePacket()
        .add((flow, udp, way) -> {
          if (way == Direction.DOWN) {
            flow.drop();
            flow.drop();
          }
        });
    net.receive(up(), down(), up());
    net.advance(Duration.ofSeconds(61));
    net.receive(up());
    assertThat(seen).containsExactly("new " + FLOW, "UP 3", "end " + FLOW, "new " + FLOW, "UP 3");
    assertThat(net.verdicts)
        .containsExactly("accept 1", "drop 2 FLOW_DROPPED", "drop 3 FLOW_DROPPED", "accept 4");
  }

  @Test
  void a_flow_can_be_dropped_as_it_opens() {
    IpFixture net = new IpFixture();
    UdpConnectionDissector flows = watched(net);
    flows.events().newConnection().add((flow, udp) -> flow.drop());
    net.receive(up(), down());
    assertThat(seen).containsExactly("new " + FLOW, "end " + FLOW);
    assertThat(net.verdicts).containsExactly("drop 1 FLOW_DROPPED", "drop 2 FLOW_DROPPED");
    assertThat(flows.connections()).isEqualTo(1);
  }

  @Test
  void a_packet_dropped_as_it_opens_a_flow_leaves_none_behind() {
    IpFixture net = new IpFixture();
    UdpConnectionDissector flows = watched(net);
    flows.events().newConnection().add((flow, udp) -> udp.drop(DropReason.RULE));
    net.receive(up(), up());
    assertThat(seen).containsExactly("new " + FLOW, "new " + FLOW);
    assertThat(flows.connections()).isZero();
    assertThat(net.verdicts).containsExactly("drop 1 RULE", "drop 2 RULE");
  }

  @Test
  void when_only_observing_a_dropped_flow_goes_on_unseen() {
    IpFixture net = new IpFixture(EngineMode.OBSERVE, OnRuleError.DROP);
    UdpConnectionDissector flows = watched(net);
    flows.events().receiveData().add((flow, udp, way) -> flow.drop());
    net.receive(up(), down());
    assertThat(seen).containsExactly("new " + FLOW, "UP 3", "end " + FLOW);
    assertThat(net.verdicts).containsExactly("accept 1", "accept 2");
    assertThat(net.counters.value("udp.wouldDrop")).isEqualTo(1);
  }

  @Test
  void failing_rules_drop_the_packet_or_the_flow() {
    IpFixture net = new IpFixture();
    UdpConnectionDissector flows = follow(net, 100);
    flows
        .events()
        .newConnection()
        .add((flow, udp) -> {
          throw new RuleFailure("at the door", null, null);
        });
    net.receive(up());
    assertThat(net.log).containsExactly("error lua: udp: at the door");
    assertThat(net.verdicts).containsExactly("drop 1 RULE_ERROR");
    assertThat(flows.connections()).isZero();

    IpFixture later = new IpFixture();
    follow(later, 100)
        .events()
        .receiveData()
        .add((flow, udp, way) -> {
          throw new RuleFailure("inside", null, null);
        });
    later.receive(up(), down());
    assertThat(later.log)
        .containsExactly(
            "debug conn: opening connection " + FLOW,
            "error udp: inside",
            "debug conn: dropping connection " + FLOW);
    assertThat(later.verdicts).containsExactly("drop 1 RULE_ERROR", "drop 2 FLOW_DROPPED");
  }

  @Test
  void the_number_of_flows_is_bounded() {
    IpFixture net = new IpFixture();
    UdpConnectionDissector flows = follow(net, 2);
    for (int port = 1; port <= 100; port++) {
      net.receive(UdpDatagram.between("10.0.0.1:" + port, "10.0.0.2:69").toIp());
    }
    assertThat(flows.connections()).isEqualTo(2);
    assertThat(net.counters.value("udp.flows.evicted") + net.counters.value("udp.flows.refused"))
        .isEqualTo(98);
  }

  @Test
  void the_protocol_is_chosen_by_port_or_asked_for_once() {
    IpFixture net = new IpFixture();
    UdpConnectionDissector flows = follow(net, 100);
    DatagramDissector tftp =
        (flow, udp, way) -> {
          seen.add("tftp " + way);
          udp.send();
        };
    flows.applications().add("tftp", flow -> tftp);
    flows.events().detectProtocol().add((flow, udp, way) -> seen.add("unknown " + flow.key()));
    net.receive(up(), down());
    assertThat(seen).containsExactly("unknown " + FLOW);
    flows.finish();
    flows.applications().expect(69, "tftp");
    net.receive(up(), down());
    assertThat(seen).containsExactly("unknown " + FLOW, "tftp UP", "tftp DOWN");
  }
}
