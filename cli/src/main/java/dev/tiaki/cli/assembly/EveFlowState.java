package dev.tiaki.cli.assembly;

import dev.tiaki.dissector.tcpconnection.TcpFlow;
import java.util.Locale;

/** How the end of a connection reads in EVE's words. */
final class EveFlowState {
  private static final long IDLE_NANOS = 1_000_000_000L;

  private EveFlowState() {}

  static String state(TcpFlow flow) {
    return switch (flow.state()) {
      case SYN, SYN_SENT, SYN_RECEIVED -> "new";
      case ESTABLISHED -> "established";
      case FIN_WAIT_1, FIN_WAIT_2, CLOSING, TIMED_WAIT, RESET, CLOSED -> "closed";
    };
  }

  /** A connection that ended though nothing had come for a while ended because of that. */
  static String reason(TcpFlow flow, boolean shuttingDown, long nowNanos) {
    if (shuttingDown) {
      return "shutdown";
    }
    return nowNanos - flow.lastSeenNanos() > IDLE_NANOS ? "timeout" : "unknown";
  }

  static String tcpState(TcpFlow flow) {
    return switch (flow.state()) {
      case SYN -> "none";
      case SYN_SENT -> "syn_sent";
      case SYN_RECEIVED -> "syn_recv";
      case FIN_WAIT_1 -> "fin_wait1";
      case FIN_WAIT_2 -> "fin_wait2";
      case TIMED_WAIT -> "time_wait";
      case RESET -> "closed";
      case ESTABLISHED, CLOSING, CLOSED -> flow.state().name().toLowerCase(Locale.ROOT);
    };
  }
}
