package dev.tiaki.cli.inline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.engine.address.IpAddress;
import dev.tiaki.engine.enforcement.Confirmation;
import dev.tiaki.engine.enforcement.FlowDecision;
import dev.tiaki.engine.flow.FlowKey;
import dev.tiaki.netfilter.conntrack.IpProtocol;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecisionSocketTest {
  private static final long NAMESPACE = 4_026_531_840L;

  @TempDir Path folder;
  private final DecidedFlows flows = new DecidedFlows();

  private static FlowKey key(int port) {
    IpAddress source = IpAddress.parse("2001:db8::1");
    IpAddress destination = IpAddress.parse("2001:db8::2");
    return new FlowKey(
        true, source.high(), source.low(), destination.high(), destination.low(), port, 80);
  }

  private static DecidedFlow drop(int port, Confirmation confirmation, String rule) {
    String location = rule == null ? null : "rules.lua:7";
    return DecidedFlow.of(
        IpProtocol.TCP, key(port), FlowDecision.DROP, confirmation, rule, location);
  }

  @Test
  void whoever_asks_gets_every_decision() throws Exception {
    try (DecisionSocket _ = DecisionSocket.serve(folder, NAMESPACE, flows)) {
      assertThat(DecisionSocket.ask(folder, NAMESPACE)).isEmpty();
      flows.note(drop(1, Confirmation.CONFIRMED, "a \"rule\" ü"));
      flows.note(drop(2, Confirmation.PENDING, null));
      assertThat(DecisionSocket.ask(folder, NAMESPACE).values())
          .containsExactlyInAnyOrderElementsOf(flows.list());
      assertThat(DecisionSocket.ask(folder, NAMESPACE + 1)).as("another namespace").isEmpty();
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void a_socket_that_a_killed_run_left_is_replaced() throws Exception {
    DecisionSocket.serve(folder, NAMESPACE, flows);
    flows.note(drop(1, Confirmation.NONE, "rule"));
    try (DecisionSocket _ = DecisionSocket.serve(folder, NAMESPACE, flows)) {
      assertThat(DecisionSocket.ask(folder, NAMESPACE)).hasSize(1);
    }
  }

  @Test
  void a_confirmation_that_comes_later_keeps_the_rule() {
    flows.note(drop(1, Confirmation.PENDING, "rule"));
    assertThat(flows.note(drop(1, Confirmation.CONFIRMED, null)).text())
        .isEqualTo("drop by 'rule' (rules.lua:7), confirmed");
    assertThat(flows.note(drop(1, Confirmation.CONFIRMED, null)).text())
        .as("another connection between the same ends")
        .isEqualTo("drop, confirmed");
  }

  @Test
  void the_oldest_decisions_make_room_and_what_was_decided_just_now_is_not_forgotten() {
    for (int i = 0; i < 70_000; i++) {
      flows.note(
          DecidedFlow.of(
              IpProtocol.UDP + i / 60_000,
              key(i % 60_000),
              FlowDecision.BYPASS,
              Confirmation.PENDING,
              null,
              null));
    }
    assertThat(flows.list()).hasSize(65_536);
    flows.forget(IpProtocol.UDP, key(59_999));
    assertThat(flows.list()).hasSize(65_536);
  }
}
