package dev.tiaki.engine.enforcement;

import dev.tiaki.engine.flow.FlowKey;

/**
 * Carries out what was decided about whole flows. Belongs to one worker and is called by it.
 *
 * <p>A decision is told when it is made. While {@link Confirmation#PENDING} is the answer the
 * caller tells it again with the flow's next packet.
 */
@FunctionalInterface
public interface Enforcement {
  /** Leaves everything to the worker, packet by packet: a replay without a table. */
  Enforcement NONE = (protocol, flow, decision, first) -> Confirmation.NONE;

  /**
   * Takes a decision over.
   *
   * @param protocol the IP protocol's number
   * @param flow the flow, its initiator first, with the addresses that its packets carry here
   * @param decision what was decided
   * @param first whether the flow's first packet has not left yet: a kernel does not know it then
   */
  Confirmation decide(int protocol, FlowKey flow, FlowDecision decision, boolean first);
}
