package dev.tiaki.lua.haka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.traffic.Conversation;
import org.junit.jupiter.api.Test;

/** The connection events and methods under Haka's later name. */
class TcpConnectionRulesTest {
  private static Conversation conversation() {
    return Conversation.between("10.0.0.1:1234", "10.0.0.2:80").handshake();
  }

  @Test
  void a_data_rule_gets_flow_range_and_direction() {
    RuleReplay replay =
        new RuleReplay()
            .rules(
                "require('protocol/tcp_connection')",
                "haka.rule{ on = haka.dissectors.tcp_connection.events.receive_data,",
                "  eval = function (flow, sub, direction)",
                "    print(flow.srcip, flow.srcport, flow.dstip, flow.dstport,",
                "      direction, #sub, sub:asstring())",
                "  end }")
            .receive(conversation().up("hello").down("good day").upAck().fin().frames());
    assertThat(replay.text())
        .isEqualTo(
            "10.0.0.1 1234 10.0.0.2 80 up 5 hello\n10.0.0.1 1234 10.0.0.2 80 down 8 good day");
    assertThat(replay.defects).isEmpty();
    assertThat(replay.verdicts).allMatch(verdict -> verdict.startsWith("accept"));
  }
}
