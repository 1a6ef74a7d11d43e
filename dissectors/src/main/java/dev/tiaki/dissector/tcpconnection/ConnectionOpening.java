package dev.tiaki.dissector.tcpconnection;

import dev.tiaki.dissector.flow.FollowedFlows;
import dev.tiaki.dissector.packet.ConnectionLog;
import dev.tiaki.dissector.packet.RuleErrors;
import dev.tiaki.dissector.tcp.TcpLayout;
import dev.tiaki.dissector.tcp.TcpPacket;
import dev.tiaki.engine.flow.Direction;
import dev.tiaki.engine.flow.FlowKey;
import dev.tiaki.engine.packet.DropOrigin;
import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.rule.RuleAbort;
import dev.tiaki.engine.rule.RuleFailure;

/**
 * How connections begin: with a SYN, in the middle where that is asked for, or anew between the
 * ends of an older one. Policies and listeners hear of each before its first packet is processed.
 */
final class ConnectionOpening {
  private static final DropOrigin TOO_MANY_FLOWS = DropOrigin.of("limit of connections");

  private final TcpConnectionDissector dissector;
  private final FollowedFlows<TcpFlow> flows;
  private final ConnectionTimeouts timeouts;
  private final ConnectionSignals signals;
  private final ConnectionTeardown teardown;
  private final ConnectionLog log;
  private final RuleErrors errors;
  private final MidstreamRoles midstreamRoles;
  private final boolean midstreamPickup;
  private final boolean haka;
  private final boolean observing;

  ConnectionOpening(
      TcpConnectionDissector dissector,
      ConnectionTeardown teardown,
      ConnectionLog log,
      RuleErrors errors,
      boolean midstreamPickup,
      boolean haka) {
    this.dissector = dissector;
    this.flows = dissector.flows();
    this.timeouts = dissector.timeouts();
    this.signals = dissector.signals();
    this.teardown = teardown;
    this.log = log;
    this.errors = errors;
    this.midstreamRoles = new MidstreamRoles(dissector.applications());
    this.midstreamPickup = midstreamPickup;
    this.haka = haka;
    this.observing = dissector.data().isObserving();
  }

  /** Tells whether a packet asks for a new connection. */
  static boolean isOpening(TcpPacket tcp) {
    return (tcp.flags() & (TcpLayout.SYN | TcpLayout.ACK)) == TcpLayout.SYN;
  }

  /** A packet came of which no connection is known. */
  void unknown(TcpPacket tcp) {
    if (isOpening(tcp)) {
      open(tcp, flows.key(), false);
    } else if (midstreamPickup && !tcp.has(TcpLayout.RST)) {
      open(tcp, midstreamRoles.key(tcp, flows.key()), true);
    } else {
      noConnection(tcp);
    }
  }

  private void noConnection(TcpPacket tcp) {
    try {
      dissector.policies().noConnectionFound.apply(tcp);
    } catch (RuleFailure failure) {
      if (!errors.survives(failure, tcp.packet())) {
        tcp.drop(DropReason.RULE_ERROR);
      }
    } catch (RuleAbort abort) {
      tcp.drop(DropReason.RULE);
    }
    if (tcp.isValid()) {
      tcp.send();
    }
  }

  private void open(TcpPacket tcp, FlowKey key, boolean midstream) {
    if (!makeRoom()) {
      refuse(tcp);
      return;
    }
    teardown.resets().keepTemplate(tcp);
    TcpFlow flow = new TcpFlow(dissector, key, midstream);
    flow.openedBySyn = !midstream;
    flow.openingSequence = tcp.sequence();
    follow(flow);
    timeouts.enter(flow, flow.state());
    if (midstream) {
      flow.establish();
    }
    tcp.packet().setFlow(flow);
    Direction direction = flows.directionOf(flow);
    if (announce(flow, tcp)) {
      dissector.follow(flow, direction, tcp);
    }
  }

  private void follow(TcpFlow flow) {
    flows.follow(flow);
    log.opening(flow);
    dissector.summary().opened(flow);
  }

  private boolean makeRoom() {
    if (flows.hasRoom()) {
      return true;
    }
    TcpFlow victim = flows.evict();
    if (victim == null) {
      return false;
    }
    victim.noteDropped(DropReason.BOUND, TOO_MANY_FLOWS, 0);
    teardown.close(victim, DropReason.BOUND);
    return true;
  }

  private void refuse(TcpPacket tcp) {
    if (observing) {
      tcp.send();
    } else {
      tcp.packet().blame(TOO_MANY_FLOWS);
      tcp.drop(DropReason.BOUND);
    }
  }

  /** Tells policy and listeners about a new connection; false when nothing is left to do. */
  private boolean announce(TcpFlow flow, TcpPacket tcp) {
    TcpConnectionPolicies policies = dissector.policies();
    try {
      policies.newConnection.apply(flow, tcp);
      if (signals.opened(flow, tcp)) {
        policies.nextDissector.apply(flow);
      }
    } catch (RuleFailure failure) {
      teardown.ruleFailed(failure, flow, tcp);
    } catch (RuleAbort abort) {
      // a rule that dropped has done so; one that only stopped lets the others' decisions stand
    }
    if (!tcp.isValid() && flow.canContinue()) {
      teardown.drop(flow);
    } else if (!flow.canContinue() && !flow.muted) {
      tcp.drop(DropReason.RULE);
    }
    return tcp.isValid();
  }

  /** Starts over: the old connection is closed, the packet opens another between the same ends. */
  void reopen(TcpFlow flow, TcpPacket tcp) {
    boolean answer = tcp.has(TcpLayout.ACK);
    int sequence = flow.reopeningSequence;
    // Haka's table replaces a dropped record without a word
    boolean logged = !(haka && flow.state() == TcpState.RESET);
    teardown.close(flow, DropReason.INCOMPLETE, logged);
    if (answer) {
      openAnswered(tcp, sequence);
    } else {
      open(tcp, flows.key(), false);
    }
  }

  /** The SYN of the new connection passed while the old one's record still stood. */
  private void openAnswered(TcpPacket tcp, int initiatorSequence) {
    TcpFlow flow = new TcpFlow(dissector, flows.key().reversed(), false);
    follow(flow);
    flow.half(Direction.UP).start(initiatorSequence + 1);
    timeouts.enter(flow, TcpState.SYN_SENT);
    if (announce(flow, tcp)) {
      dissector.follow(flow, Direction.DOWN, tcp);
    }
  }
}
