package dev.tiaki.cli.inline;

import dev.tiaki.engine.enforcement.Confirmation;
import dev.tiaki.engine.enforcement.Enforcement;
import dev.tiaki.engine.enforcement.FlowDecision;
import dev.tiaki.engine.flow.FlowKey;
import dev.tiaki.netfilter.conntrack.Conntrack;
import dev.tiaki.netfilter.conntrack.Flow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * Writes decisions into a table in memory, as {@link KernelEnforcement} does into the kernel's. No
 * kernel acts on the marks of a replay: the worker goes on deciding packet by packet.
 */
public final class ReplayEnforcement implements Enforcement {
  private final Conntrack table;
  private final KernelFlows flows;
  private final MarkPlan marks;

  /** Makes the enforcement of a replay that feeds {@code table}. */
  public ReplayEnforcement(Conntrack table, MarkPlan marks) {
    this.table = table;
    this.flows = new KernelFlows(table, new TwiceTranslated());
    this.marks = marks;
  }

  @Override
  public Confirmation decide(int protocol, FlowKey flow, FlowDecision decision, boolean first) {
    try {
      Optional<Flow> entry = flows.find(protocol, flow);
      if (entry.isPresent()) {
        table.update(
            entry.get().original(),
            entry.get().zone(),
            KernelEnforcement.update(marks, decision, protocol));
      }
      return Confirmation.NONE;
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a table in memory has nothing to fail with
    }
  }
}
