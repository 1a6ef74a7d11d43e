package dev.tiaki.dissector.packet;

import dev.tiaki.engine.alert.Alert;
import dev.tiaki.engine.alert.AlertContext;
import dev.tiaki.engine.packet.DropOrigin;
import dev.tiaki.engine.packet.Packet;
import dev.tiaki.engine.rule.OnRuleError;
import dev.tiaki.engine.rule.RuleFailure;
import dev.tiaki.engine.worker.Counter;
import dev.tiaki.engine.worker.WorkerContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a layer does when a rule on one of its events fails: it logs the text under its own name,
 * counts, and asks the policy {@code on-rule-error} whether the packet may go on.
 */
public final class RuleErrors {
  private final WorkerContext context;
  private final RuleFailureLog log;
  private final Counter failures;
  private final Counter wouldDrop;

  /**
   * Makes the failure handling of one layer.
   *
   * @param section the log section, such as {@code lua}
   * @param prefix what stands before the text, such as {@code "ipv4: "}; may be empty
   */
  public RuleErrors(WorkerContext context, String section, String prefix) {
    this.context = context;
    this.log =
        new RuleFailureLog(context.log().section(section), prefix, context.mode().hakaCompatible());
    this.failures = context.counters().counter("rules.failed", "rule failures");
    this.wouldDrop =
        context.counters().counter("rules.wouldDrop", "packets that failing rules would drop");
  }

  /**
   * Reports {@code failure} and tells whether the packet goes on as if the rule had not been there.
   * When not, the caller drops it.
   */
  public boolean survives(RuleFailure failure, Packet packet) {
    failures.increment();
    log.failed(failure);
    OnRuleError policy = policy(failure);
    if (policy == OnRuleError.ALERT) {
      alert(failure, packet);
    }
    if (policy != OnRuleError.DROP) {
      return true;
    }
    if (onlyObserving()) {
      wouldDrop.increment();
      return true;
    }
    packet.blame(new DropOrigin(failure.ruleName(), failure.location(), failure.getMessage()));
    return false;
  }

  private OnRuleError policy(RuleFailure failure) {
    OnRuleError own = failure.policy();
    return own == null ? context.onRuleError() : own;
  }

  /**
   * Reports {@code failure} of a rule that says itself that the packet goes on.
   *
   * @param about what an alert tells it about; null when none is to be raised
   */
  public void tolerate(RuleFailure failure, @Nullable AlertContext about) {
    failures.increment();
    log.failed(failure);
    if (about != null) {
      post(failure, about);
    }
  }

  /** Reports {@code failure} where there is nothing left to decide; the packet may be missing. */
  public void report(RuleFailure failure, @Nullable Packet packet) {
    failures.increment();
    log.failed(failure);
    if (packet != null && policy(failure) == OnRuleError.ALERT) {
      alert(failure, packet);
    }
  }

  private boolean onlyObserving() {
    // Haka's pass-through keeps its books as if the drop had happened.
    return !context.mode().enforcing() && !context.mode().hakaCompatible();
  }

  private void alert(RuleFailure failure, Packet packet) {
    post(
        failure,
        new AlertContext(packet.number(), 0, failure.ruleName(), failure.location(), null));
  }

  private void post(RuleFailure failure, AlertContext where) {
    context
        .alerts()
        .post(
            Alert.ofProtocol(
                context.alertIds().next(),
                context.time().nanos(),
                "rule failed: " + failure.getMessage(),
                List.of(),
                List.of(),
                where));
  }
}
