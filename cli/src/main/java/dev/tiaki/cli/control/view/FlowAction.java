package dev.tiaki.cli.control.view;

import dev.tiaki.dissector.tcpconnection.TcpFlow;
import dev.tiaki.dissector.udpconnection.UdpFlow;
import java.util.Locale;

/** What can be done to a flow from outside; the same as rules can. */
public enum FlowAction {
  /** No packet of it passes any more. */
  DROP,
  /** Both ends are sent an RST, then as {@link #DROP}; for established TCP connections. */
  RESET,
  /** Rules see nothing of it any more, and it passes; for TCP connections. */
  BYPASS;

  /** Returns what the API calls it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Does it; on the worker's thread.
   *
   * @throws IllegalStateException when that is not possible with this connection now
   */
  void of(TcpFlow flow) {
    if (!flow.canContinue()) {
      throw new IllegalStateException("the connection is over or dropped already");
    }
    switch (this) {
      case DROP -> flow.drop();
      case RESET -> flow.reset();
      case BYPASS -> flow.bypass();
    }
  }

  /**
   * Does it; on the worker's thread.
   *
   * @throws IllegalStateException when that is not possible with this flow now
   */
  void of(UdpFlow flow) {
    if (this != DROP) {
      throw new IllegalStateException("a UDP flow can only be dropped");
    }
    if (!flow.canContinue()) {
      throw new IllegalStateException("the flow is over or dropped already");
    }
    flow.drop();
  }
}
