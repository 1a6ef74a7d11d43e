package dev.tiaki.cli.inline;

import dev.tiaki.engine.enforcement.Confirmation;
import dev.tiaki.engine.enforcement.Enforcement;
import dev.tiaki.engine.enforcement.FlowDecision;
import dev.tiaki.engine.flow.FlowKey;
import dev.tiaki.engine.worker.Counter;
import dev.tiaki.engine.worker.Counters;
import dev.tiaki.netfilter.conntrack.Conntrack;
import dev.tiaki.netfilter.conntrack.ConntrackNotFound;
import dev.tiaki.netfilter.conntrack.Flow;
import dev.tiaki.netfilter.conntrack.FlowUpdate;
import dev.tiaki.netfilter.conntrack.IpProtocol;
import dev.tiaki.netfilter.conntrack.ProtocolInfo;
import dev.tiaki.netfilter.conntrack.Status;
import dev.tiaki.netfilter.conntrack.TcpState;
import java.io.IOException;
import java.util.Optional;

/**
 * Writes decisions into the kernel's connection table as marks, on which rules before the queue
 * act.
 *
 * <p>The entry of a flow's first packet is not in the table before the packet has left: a flow that
 * is to pass gets its mark from that packet, by {@link InlinePort#markLeaving}; one that is to be
 * dropped stays with the worker. A dropped entry keeps its mark for {@value #DROPPED_SECONDS}
 * seconds, however many packets still come; then the kernel forgets it. A new SYN ends a dropped
 * TCP connection at once: it opens another between the same ends, which is judged anew.
 */
public final class KernelEnforcement implements Enforcement {
  private static final long DROPPED_SECONDS = 120;
  private static final int CLOSE_INIT = 4;

  /**
   * Both ends have closed: a SYN makes the kernel forget the entry and begin another, without the
   * mark ({@code nf_conntrack_proto_tcp.c}, "Attempt to reopen a closed/aborted connection").
   */
  private static final ProtocolInfo CLOSED =
      new ProtocolInfo.Tcp(TcpState.CLOSE, -1, -1, CLOSE_INIT, CLOSE_INIT);

  private final Conntrack conntrack;
  private final KernelFlows flows;
  private final MarkPlan marks;
  private final InlinePort port;
  private final Counter confirmed;
  private final Counter failures;

  /** Makes the enforcement of one worker, which sends its packets through {@code port}. */
  public KernelEnforcement(
      Conntrack conntrack,
      TwiceTranslated translated,
      MarkPlan marks,
      InlinePort port,
      Counters counters) {
    this.conntrack = conntrack;
    this.flows = new KernelFlows(conntrack, translated);
    this.marks = marks;
    this.port = port;
    confirmed = counters.counter("kernel.confirmed", "connections that the kernel took over");
    failures =
        counters.counter("kernel.refused", "connections that the kernel could not take over");
  }

  @Override
  public Confirmation decide(int protocol, FlowKey flow, FlowDecision decision, boolean first) {
    try {
      Optional<Flow> entry = first ? Optional.empty() : flows.find(protocol, flow);
      if (entry.isEmpty()) {
        if (decision.isPassing()) {
          port.markLeaving(flow, marks.bypass());
        }
        return Confirmation.PENDING;
      }
      conntrack.update(
          entry.get().original(), entry.get().zone(), update(marks, decision, protocol));
      confirmed.increment();
      return Confirmation.CONFIRMED;
    } catch (ConntrackNotFound gone) {
      return Confirmation.PENDING;
    } catch (IOException refused) {
      failures.increment();
      return Confirmation.NONE;
    }
  }

  /** Returns what a decision changes in a flow's entry. */
  static FlowUpdate update(MarkPlan marks, FlowDecision decision, int protocol) {
    if (decision.isPassing()) {
      return FlowUpdate.mark(marks.bypass(), marks.used());
    }
    FlowUpdate drop =
        FlowUpdate.mark(marks.drop(), marks.used())
            .withTimeout(DROPPED_SECONDS)
            .withStatus(Status.FIXED_TIMEOUT);
    return protocol == IpProtocol.TCP ? drop.withProtocolInfo(CLOSED) : drop;
  }
}
