package dev.tiaki.dissector.tcpconnection;

import dev.tiaki.engine.enforcement.Confirmation;
import dev.tiaki.engine.enforcement.FlowDecision;

/** Listens to what is decided about whole connections. */
@FunctionalInterface
public interface FlowDecidedListener {
  /**
   * Something was decided about {@code flow}, or the kernel has taken an earlier decision over.
   *
   * @param confirmation how far the kernel has taken it over
   */
  void decided(TcpFlow flow, FlowDecision decision, Confirmation confirmation);
}
