package dev.tiaki.lua.haka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.engine.rule.OnRuleError;
import dev.tiaki.traffic.Conversation;
import dev.tiaki.traffic.Frame;
import dev.tiaki.traffic.Trace;
import dev.tiaki.traffic.UdpDatagram;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the failures of events, policies and dissectors mean, layer by layer. */
class OnRuleErrorTest {
  private static final String FAIL = "function () error('oh') end";

  private static List<Frame> syn() {
    return Conversation.between("10.0.0.1:1234", "10.0.0.2:80").syn().frames();
  }

  private static List<Frame> datagram() {
    return new Trace()
        .send(
            UdpDatagram.between("10.0.0.1:5000", "10.0.0.2:69")
                .payload("ask".getBytes(StandardCharsets.ISO_8859_1))
                .toIp())
        .frames();
  }

  private static List<Frame> traffic(String subject) {
    return subject.contains("udp") ? datagram() : syn();
  }

  private static RuleReplay run(OnRuleError meaning, String rule, List<Frame> frames) {
    return new RuleReplay(meaning).rules(rule).receive(frames);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "packet.events.receive_packet",
        "packet.events.send_packet",
        "ipv4.events.receive_packet",
        "ipv4.events.receive_packet_reassembled",
        "ipv4.events.send_packet",
        "tcp.events.receive_packet",
        "tcp.events.send_packet",
        "tcp_connection.events.new_connection",
        "tcp_connection.events.receive_packet",
        "udp.events.receive_packet",
        "udp.events.send_packet",
        "udp_connection.events.new_connection",
        "udp_connection.events.receive_packet",
      })
  void a_failing_rule_drops_unless_failures_are_accepted(String event) {
    String rule = "haka.rule{ on = haka.dissectors." + event + ", eval = " + FAIL + " }";
    assertThat(run(OnRuleError.DROP, rule, traffic(event)).verdicts)
        .containsExactly("drop 1 RULE_ERROR");
    RuleReplay accepted = run(OnRuleError.ACCEPT, rule, traffic(event));
    assertThat(accepted.verdicts).containsExactly("accept 1");
    assertThat(accepted.text()).contains("rules.lua:1: oh");
    RuleReplay alerted = run(OnRuleError.ALERT, rule, traffic(event));
    assertThat(alerted.verdicts).containsExactly("accept 1");
    assertThat(alerted.alerts)
        .extracting(alert -> alert.description())
        .containsExactly("rule failed: rules.lua:1: oh");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "packet.policies.next_dissector",
        "ipv4.policies.next_dissector",
        "tcp.policies.next_dissector",
        "tcp_connection.policies.new_connection",
        "tcp_connection.policies.next_dissector",
        "udp.policies.next_dissector",
        "udp_connection.policies.next_dissector",
      })
  void a_failing_policy_drops_unless_failures_are_accepted(String policy) {
    String rule = "haka.policy{ on = haka.dissectors." + policy + ", action = " + FAIL + " }";
    assertThat(run(OnRuleError.DROP, rule, traffic(policy)).verdicts)
        .containsExactly("drop 1 RULE_ERROR");
    RuleReplay accepted = run(OnRuleError.ACCEPT, rule, traffic(policy));
    assertThat(accepted.verdicts).containsExactly("accept 1");
    assertThat(accepted.text()).contains("rules.lua:1: oh");
  }

  @Test
  void a_failing_policy_leaves_the_packet_to_the_dissector_that_is_there_without_it() {
    RuleReplay replay =
        new RuleReplay(OnRuleError.ACCEPT)
            .rules(
                "haka.policy{ on = haka.dissectors.tcp.policies.next_dissector, action = "
                    + FAIL
                    + " }",
                "haka.rule{ on = haka.dissectors.tcp_connection.events.new_connection,",
                "  eval = function (flow) print(flow.srcport) end }");
    assertThat(replay.receive(syn()).text()).contains("oh").endsWith("1234");
  }

  @Test
  void a_failing_policy_about_unknown_connections_drops_unless_failures_are_accepted() {
    List<Frame> late =
        Conversation.between("10.0.0.1:1234", "10.0.0.2:80").handshake().up("late").frames();
    List<Frame> unknown = late.subList(late.size() - 1, late.size());
    String rule =
        "haka.policy{ on = haka.dissectors.tcp_connection.policies.no_connection_found, action = "
            + FAIL
            + " }";
    assertThat(run(OnRuleError.DROP, rule, unknown).verdicts).containsExactly("drop 1 RULE_ERROR");
    assertThat(run(OnRuleError.ACCEPT, rule, unknown).verdicts).containsExactly("accept 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"packet, proto = 'ipv4'", "ipv4, proto = 6", "tcp, dstport = 80"})
  void a_failing_dissector_of_a_rule_file_drops_unless_failures_are_accepted(String below) {
    int comma = below.indexOf(',');
    String rule =
        "local D = haka.dissector.new{ type = haka.helper.PacketDissector, name = 'broken' }\n"
            + "function D.method:receive() error('oh') end\n"
            + "haka.policy{ on = haka.dissectors."
            + below.substring(0, comma)
            + ".policies.next_dissector"
            + below.substring(comma)
            + ", action = haka.dissectors.broken.install }";
    assertThat(run(OnRuleError.DROP, rule, syn()).verdicts).containsExactly("drop 1 RULE");
    RuleReplay accepted = run(OnRuleError.ACCEPT, rule, syn());
    assertThat(accepted.verdicts).containsExactly("accept 1");
    assertThat(accepted.text()).contains("broken: ").contains("rules.lua:2: oh");
  }

  @Test
  void a_policy_that_does_not_end_is_stopped() {
    RuleReplay replay =
        run(
            OnRuleError.DROP,
            "haka.policy{ on = haka.dissectors.tcp.policies.next_dissector,\n"
                + "action = function () while true do end end }",
            syn());
    assertThat(replay.verdicts).containsExactly("drop 1 RULE_ERROR");
    assertThat(replay.text()).contains("rules.lua:2: rule stopped: it used more than");
  }
}
