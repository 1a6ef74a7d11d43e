package dev.tiaki.dissector.tcpconnection;

import dev.tiaki.dissector.tcp.TcpLayout;
import dev.tiaki.engine.enforcement.Confirmation;
import dev.tiaki.engine.enforcement.Enforcement;
import dev.tiaki.engine.enforcement.FlowDecision;

/**
 * Takes what is decided about whole connections to whoever enforces it, again with each packet as
 * long as it is not known there, and tells listeners.
 */
final class Decisions {
  private final TcpConnectionEvents events;
  private Enforcement enforcement = Enforcement.NONE;

  Decisions(TcpConnectionEvents events) {
    this.events = events;
  }

  void setEnforcement(Enforcement by) {
    enforcement = by;
  }

  void decide(TcpFlow flow, FlowDecision decision) {
    flow.decision = decision;
    boolean first = !flow.isMidstream() && flow.packets() <= 1;
    flow.confirmation = enforcement.decide(TcpLayout.PROTOCOL, flow.key(), decision, first);
    tell(flow, decision);
  }

  /** Another packet of a connection came up about which something was decided. */
  void again(TcpFlow flow, FlowDecision decision) {
    if (flow.confirmation == Confirmation.PENDING) {
      flow.confirmation = enforcement.decide(TcpLayout.PROTOCOL, flow.key(), decision, false);
      if (flow.confirmation == Confirmation.CONFIRMED) {
        tell(flow, decision);
      }
    }
  }

  private void tell(TcpFlow flow, FlowDecision decision) {
    for (int i = 0; i < events.decided().size(); i++) {
      events.decided().get(i).decided(flow, decision, flow.confirmation);
    }
  }
}
