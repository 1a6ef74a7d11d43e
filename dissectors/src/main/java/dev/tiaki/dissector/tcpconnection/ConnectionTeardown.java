package dev.tiaki.dissector.tcpconnection;

import dev.tiaki.dissector.flow.FollowedFlows;
import dev.tiaki.dissector.packet.ConnectionLog;
import dev.tiaki.dissector.packet.RuleErrors;
import dev.tiaki.dissector.tcp.TcpPacket;
import dev.tiaki.engine.buffer.BufferStream;
import dev.tiaki.engine.enforcement.FlowDecision;
import dev.tiaki.engine.flow.Direction;
import dev.tiaki.engine.packet.DropOrigin;
import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.rule.RuleFailure;
import dev.tiaki.engine.worker.WorkerContext;
import org.jspecify.annotations.Nullable;

/**
 * How connections end, for rules or altogether: dropped, reset or let go by a rule, given up, reset
 * by an end, idle. A dropped one is remembered for a while so that its packets are dropped too;
 * what a closed one held is free at once.
 */
final class ConnectionTeardown {
  private static final DropOrigin KEPT_TOO_MUCH = DropOrigin.of("limit of bytes that rules keep");

  private final TcpConnectionDissector dissector;
  private final WorkerContext context;
  private final FollowedFlows<TcpFlow> flows;
  private final ConnectionTimeouts timeouts;
  private final ConnectionSignals signals;
  private final DataPath data;
  private final Decisions decisions;
  private final ConnectionLog log;
  private final RuleErrors errors;
  private final ResetForge resets;
  private final boolean haka;
  private final boolean observing;

  ConnectionTeardown(
      TcpConnectionDissector dissector,
      WorkerContext context,
      Decisions decisions,
      ConnectionLog log,
      RuleErrors errors) {
    this.dissector = dissector;
    this.context = context;
    this.flows = dissector.flows();
    this.timeouts = dissector.timeouts();
    this.signals = dissector.signals();
    this.data = dissector.data();
    this.decisions = decisions;
    this.log = log;
    this.errors = errors;
    this.haka = context.mode().hakaCompatible();
    this.observing = data.isObserving();
    this.resets = new ResetForge(haka);
  }

  ResetForge resets() {
    return resets;
  }

  /** Logs a failing rule and applies {@code on-rule-error}: Haka closed the flow, we drop it. */
  void ruleFailed(RuleFailure failure, TcpFlow flow, @Nullable TcpPacket tcp) {
    if (tcp != null && errors.survives(failure, tcp.packet())) {
      return;
    }
    if (tcp != null) {
      tcp.drop(DropReason.RULE_ERROR);
    }
    flow.noteDropped(
        DropReason.RULE_ERROR,
        new DropOrigin(failure.ruleName(), failure.location(), failure.getMessage()),
        number(tcp));
    if (haka) {
      close(flow, DropReason.RULE_ERROR);
    } else if (flow.state() != TcpState.CLOSED) {
      drop(flow, DropReason.RULE_ERROR, FlowDecision.DROP);
    }
  }

  private static long number(@Nullable TcpPacket tcp) {
    return tcp == null ? 0 : tcp.packet().number();
  }

  /** Both ends have said that they are done. */
  void enterTimedWait(TcpFlow flow) {
    timeouts.enter(flow, TcpState.TIMED_WAIT);
    ended(flow);
  }

  /** An end reset the connection. */
  void aborted(TcpFlow flow) {
    if (!flow.state().isOver() || flow.state() == TcpState.TIMED_WAIT) {
      if (!observing) {
        clear(flow, DropReason.INCOMPLETE);
      }
      fail(flow, DropReason.INCOMPLETE);
      // an end without a record of an older connection is reset first, then gets the same SYN again
      flow.openedBySyn = false;
    }
  }

  /** A rule dropped the connection. */
  void drop(TcpFlow flow) {
    drop(flow, DropReason.RULE, FlowDecision.DROP);
  }

  private void drop(TcpFlow flow, DropReason reason, FlowDecision decision) {
    if (flow.canContinue()) {
      dissector.events().signalDropped(flow, reason, number(dissector.current()));
    }
    if (observing && reason != DropReason.RULE_ERROR) {
      mute(flow);
      return;
    }
    boolean first = flow.state() != TcpState.RESET && flow.state() != TcpState.CLOSED;
    fail(flow, reason);
    if (first && !observing) {
      decisions.decide(flow, decision);
    }
  }

  private void mute(TcpFlow flow) {
    if (!flow.muted) {
      context.counters().counter("tcp.wouldDrop", "connections that would be dropped").increment();
      ended(flow);
      silence(flow);
    }
  }

  /** Rules see nothing of the connection any more; observers still do. */
  private void silence(TcpFlow flow) {
    flow.muted = true;
    data.clearStream(flow.half(Direction.UP), DropReason.RULE);
    data.clearStream(flow.half(Direction.DOWN), DropReason.RULE);
  }

  /** Ends the connection for rules; later packets of it are dropped silently for a while. */
  void fail(TcpFlow flow, DropReason reason) {
    if (flow.state() == TcpState.RESET || flow.state() == TcpState.CLOSED) {
      return;
    }
    timeouts.enter(flow, TcpState.RESET);
    ended(flow);
    if (observing) {
      silence(flow);
    } else {
      clear(flow, reason);
    }
    log.dropping(flow);
  }

  /** Ends what rules see of a connection of which they keep more than may be kept. */
  void giveUp(TcpFlow flow, TcpHalf half) {
    BufferStream stream = half.stream;
    String keeper = stream == null ? null : stream.data().keeper();
    context
        .log()
        .section("tcp")
        .warn(
            flow.key()
                + ": rules keep "
                + half.keptBytes
                + " bytes of a stream back, more than they may; the connection is given up"
                + (keeper == null ? "" : " (kept by " + keeper + ")"));
    flow.noteDropped(DropReason.BOUND, KEPT_TOO_MUCH, number(dissector.current()));
    drop(flow, DropReason.BOUND, FlowDecision.DROP);
  }

  /** A rule resets the connection, at its server or at both ends. */
  void reset(TcpFlow flow, boolean both) {
    if (!observing && flow.canContinue()) {
      resets.send(flow, both, dissector.current());
    }
    drop(flow, DropReason.RULE, both ? FlowDecision.RESET : FlowDecision.HALF_RESET);
  }

  /** A rule wants to see no more of the connection, which goes on. */
  void bypass(TcpFlow flow) {
    if (!flow.canContinue()) {
      return;
    }
    boolean edited = flow.isEdited();
    if (!observing && !edited) {
      decisions.decide(flow, FlowDecision.BYPASS);
    }
    flow.send(null);
    for (Direction direction : Direction.values()) {
      data.release(flow, direction);
      if (!edited) {
        data.sender().forget(flow.half(direction));
      }
    }
    flow.bypassed = true;
  }

  /** The flow's timer fired: it is closed when it was idle for long enough. */
  void idle(TcpFlow flow, long nowNanos) {
    if (timeouts.hasExpired(flow, nowNanos)) {
      close(flow, DropReason.INCOMPLETE);
    }
  }

  /** Takes the connection out of the table and frees what it holds. */
  void close(TcpFlow flow, DropReason reason) {
    close(flow, reason, true);
  }

  void close(TcpFlow flow, DropReason reason, boolean logged) {
    if (flow.state() == TcpState.CLOSED) {
      return;
    }
    ended(flow);
    clear(flow, reason);
    if (logged) {
      log.closing(flow);
    }
    dissector.summary().closed(flow);
    flows.forget(flow);
    flow.setState(TcpState.CLOSED);
  }

  private void ended(TcpFlow flow) {
    signals.ended(flow, dissector.current());
    data.letGo(flow);
  }

  private void clear(TcpFlow flow, DropReason reason) {
    data.close(flow, Direction.UP, reason);
    data.close(flow, Direction.DOWN, reason);
  }
}
