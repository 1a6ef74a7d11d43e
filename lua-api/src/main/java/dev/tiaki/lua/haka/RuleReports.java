package dev.tiaki.lua.haka;

import dev.tiaki.dissector.packet.RuleErrors;
import dev.tiaki.engine.alert.Alert;
import dev.tiaki.engine.alert.AlertContext;
import dev.tiaki.engine.rule.OnRuleError;
import dev.tiaki.engine.rule.RuleFailure;
import dev.tiaki.engine.worker.Counter;
import dev.tiaki.engine.worker.WorkerContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells what rules do that changes nothing: failures that a rule's own policy lets pass, and
 * actions of rules that only alert.
 */
final class RuleReports {
  private final WorkerContext context;
  private final RuleErrors errors;
  private final Counter withheld;

  RuleReports(WorkerContext context) {
    this.context = context;
    errors = new RuleErrors(context, "lua", "");
    withheld =
        context.counters().counter("rules.wouldAct", "actions that rules in mode alert would take");
  }

  /** Reports a failure that does not stop the packet. */
  void tolerated(RuleFailure failure, OnRuleError policy, AlertContext about) {
    errors.tolerate(failure, policy == OnRuleError.ALERT ? about : null);
  }

  /** Reports what a rule would do; once when it does the same to the same packet again. */
  void would(RuleEntry rule, String action, AlertContext about) {
    withheld.increment();
    if (rule.withhold(action, about.packetNumber(), about.flowId())) {
      String text = "rule " + label(rule) + " would " + action;
      context
          .alerts()
          .post(
              Alert.ofProtocol(
                  context.alertIds().next(),
                  context.time().nanos(),
                  text,
                  List.of(),
                  List.of(),
                  about));
    }
  }

  private static @Nullable String label(RuleEntry rule) {
    return rule.name() == null ? rule.location() : "'" + rule.name() + "'";
  }
}
