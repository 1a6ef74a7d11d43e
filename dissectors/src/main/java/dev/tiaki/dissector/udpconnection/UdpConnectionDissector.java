package dev.tiaki.dissector.udpconnection;

import dev.tiaki.dissector.flow.FollowedFlows;
import dev.tiaki.dissector.packet.ConnectionLog;
import dev.tiaki.dissector.packet.FlowDissectors;
import dev.tiaki.dissector.packet.RuleErrors;
import dev.tiaki.dissector.udp.DatagramReceiver;
import dev.tiaki.dissector.udp.UdpLayout;
import dev.tiaki.dissector.udp.UdpPacket;
import dev.tiaki.engine.enforcement.Confirmation;
import dev.tiaki.engine.enforcement.Enforcement;
import dev.tiaki.engine.enforcement.FlowDecision;
import dev.tiaki.engine.flow.Direction;
import dev.tiaki.engine.flow.FlowTable;
import dev.tiaki.engine.packet.DropOrigin;
import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.packet.Packet;
import dev.tiaki.engine.rule.RuleAbort;
import dev.tiaki.engine.rule.RuleFailure;
import dev.tiaki.engine.worker.Counter;
import dev.tiaki.engine.worker.Counters;
import dev.tiaki.engine.worker.WorkerContext;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Follows UDP flows: finds the one a packet belongs to, opens and forgets them, tells listeners,
 * and hands packets to the protocol on top. A flow that falls silent is forgotten, and nothing is
 * lost by it: its next packet opens another.
 */
public final class UdpConnectionDissector implements DatagramReceiver {
  private static final DropOrigin TOO_MANY_FLOWS = DropOrigin.of("limit of connections");

  private final WorkerContext context;
  private @Nullable Packet current;
  private final UdpConnectionSettings settings;
  private final UdpConnectionEvents events = new UdpConnectionEvents();
  private final FlowDissectors<UdpFlow, DatagramDissector> applications = new FlowDissectors<>();
  private final FollowedFlows<UdpFlow> flows;
  private final ConnectionLog log;
  private final RuleErrors openErrors;
  private final RuleErrors errors;
  private final UdpSignals signals;
  private final boolean observing;
  private Enforcement enforcement = Enforcement.NONE;
  private final Counter opened;
  private final Counter wouldDrop;
  private Consumer<UdpFlow> nextDissector;

  /** Makes the dissector of one worker, not registered with UDP yet. */
  public UdpConnectionDissector(WorkerContext context, UdpConnectionSettings settings) {
    this.context = context;
    this.settings = settings;
    log = new ConnectionLog(context.log());
    openErrors = new RuleErrors(context, "lua", "udp: ");
    errors = new RuleErrors(context, "udp", "");
    signals =
        new UdpSignals(
            events, errors, this::handle, (failure, _, udp) -> handleOpening(failure, udp));
    observing = !context.mode().enforcing() && !context.mode().hakaCompatible();
    Counters counters = context.counters();
    opened = counters.counter("udp.flows", "UDP flows");
    Counter evicted = counters.counter("udp.flows.evicted", "given up: too many UDP flows");
    Counter refused = counters.counter("udp.flows.refused", "not followed: too many UDP flows");
    flows = new FollowedFlows<>(context, settings.maxFlows(), refused, evicted);
    wouldDrop = counters.counter("udp.wouldDrop", "UDP flows that would be dropped");
    nextDissector = this::chooseByPort;
  }

  @Override
  public String name() {
    return "udp_connection";
  }

  /** Returns the events of flows. */
  public UdpConnectionEvents events() {
    return events;
  }

  /** Returns the protocols that can stand on a flow. */
  public FlowDissectors<UdpFlow, DatagramDissector> applications() {
    return applications;
  }

  /** Says who carries out what is decided about whole flows; nobody until this is called. */
  public void setEnforcement(Enforcement by) {
    enforcement = by;
  }

  /** Lets {@code policy} choose the protocol on top of a new flow, after all listeners. */
  public void setNextDissector(Consumer<UdpFlow> policy) {
    nextDissector = policy;
  }

  /**
   * Chooses the protocol that is expected at the responder's port, unless a rule chose one. What
   * was sent first may have been missed, so the other port counts too, but not as Haka does it.
   */
  public void chooseByPort(UdpFlow flow) {
    if (flow.nextDissector() == null) {
      flow.setNextDissector(applications.openAt(flow.destinationPort(), flow));
    }
    if (flow.nextDissector() == null && !context.mode().hakaCompatible()) {
      flow.setNextDissector(applications.openAt(flow.sourcePort(), flow));
    }
  }

  /** Returns the flows, dropped ones included, the newest first. */
  public List<UdpFlow> connectionList() {
    return flows.newestFirst();
  }

  /** Returns the number of flows in the table, dropped ones included. */
  public int connections() {
    return flows.size();
  }

  /** Walks over a part of the table, as {@link FlowTable#scan} says. */
  public int scan(int from, int count, Predicate<? super UdpFlow> action) {
    return flows.scan(from, count, action);
  }

  @Override
  public void receive(UdpPacket udp) {
    UdpFlow flow = flows.find(udp.ip(), udp.sourcePort(), udp.destinationPort());
    if (flow != null) {
      known(flow, flows.directionOf(flow), udp);
    } else {
      unknown(udp);
    }
  }

  private void unknown(UdpPacket udp) {
    if (!makeRoom()) {
      if (observing) {
        udp.send();
      } else {
        udp.packet().blame(TOO_MANY_FLOWS);
        udp.drop(DropReason.BOUND);
      }
      return;
    }
    UdpFlow flow = new UdpFlow(this, flows.key());
    udp.packet().setFlow(flow);
    current = udp.packet();
    if (announce(flow, udp)) {
      open(flow);
      known(flow, Direction.UP, udp);
    } else if (flow.state() == UdpFlowState.DROPPED) {
      open(flow);
      log.dropping(flow);
      signals.ended(flow);
      discard(udp);
    }
  }

  private boolean makeRoom() {
    if (flows.hasRoom()) {
      return true;
    }
    UdpFlow victim = flows.evict();
    if (victim == null) {
      return false;
    }
    close(victim);
    return true;
  }

  private void open(UdpFlow flow) {
    flows.follow(flow);
    opened.increment();
    log.opening(flow);
    if (flow.state() == UdpFlowState.NEW) {
      flow.setState(UdpFlowState.ESTABLISHED);
    }
    flows.expireAfter(flow, lifeNanos(flow));
  }

  private long lifeNanos(UdpFlow flow) {
    return (flow.state() == UdpFlowState.DROPPED ? settings.dropped() : settings.idle()).toNanos();
  }

  /** Tells listeners about a new flow; false when there is to be none, or a dropped one. */
  private boolean announce(UdpFlow flow, UdpPacket udp) {
    try {
      signals.opening(flow, udp);
      if (UdpSignals.goesOn(flow, udp)) {
        nextDissector.accept(flow);
      }
    } catch (RuleFailure failure) {
      handleOpening(failure, udp);
    } catch (RuleAbort abort) {
      // a rule that dropped has done so; one that only stopped lets the others' decisions stand
    }
    return UdpSignals.goesOn(flow, udp);
  }

  private void handleOpening(RuleFailure failure, UdpPacket udp) {
    if (!openErrors.survives(failure, udp.packet())) {
      udp.drop(DropReason.RULE_ERROR);
    }
  }

  private void known(UdpFlow flow, Direction direction, UdpPacket udp) {
    udp.packet().setFlow(flow);
    current = udp.packet();
    if (flow.state() == UdpFlowState.DROPPED) {
      if (flow.confirmation == Confirmation.PENDING) {
        enforce(flow, false);
      }
      discard(udp);
      return;
    }
    flow.touch(context.time().nanos());
    flow.count(direction, udp);
    try {
      if (signals.packet(flow, udp, direction)) {
        pass(flow, udp, direction);
      }
    } catch (RuleFailure failure) {
      handle(failure, flow, udp);
    } catch (RuleAbort abort) {
      // silent: what the rule did before it stopped stands
    }
    settle(flow, udp);
  }

  private static void pass(UdpFlow flow, UdpPacket udp, Direction direction) {
    DatagramDissector next = flow.nextDissector();
    if (next != null) {
      next.receive(flow, udp, direction);
    } else {
      udp.send();
    }
  }

  /** A packet that nobody decided about goes the way of its flow. */
  private void settle(UdpFlow flow, UdpPacket udp) {
    if (!udp.isValid()) {
      return;
    }
    if (flow.state() == UdpFlowState.DROPPED) {
      discard(udp);
    } else {
      udp.drop(DropReason.RULE);
    }
  }

  private void discard(UdpPacket udp) {
    if (!udp.isValid()) {
      return;
    }
    if (observing) {
      udp.send();
    } else {
      udp.drop(DropReason.FLOW_DROPPED);
    }
  }

  /** Logs a failing rule and applies {@code on-rule-error}: the flow is dropped with its packet. */
  void handle(RuleFailure failure, UdpFlow flow, UdpPacket udp) {
    if (errors.survives(failure, udp.packet())) {
      return;
    }
    udp.drop(DropReason.RULE_ERROR);
    flow.noteDropped(
        DropReason.RULE_ERROR,
        new DropOrigin(failure.ruleName(), failure.location(), failure.getMessage()),
        udp.packet().number());
    drop(flow);
  }

  void drop(UdpFlow flow) {
    if (!flow.canContinue()) {
      return;
    }
    if (observing) {
      wouldDrop.increment();
    }
    signalDropped(flow);
    boolean isNew = flow.state() == UdpFlowState.NEW;
    flow.setState(UdpFlowState.DROPPED);
    if (!observing) {
      enforce(flow, flow.packets() <= 1);
    }
    if (!isNew) {
      flows.expireAfter(flow, lifeNanos(flow));
      signals.ended(flow);
      log.dropping(flow);
    }
  }

  private void signalDropped(UdpFlow flow) {
    Packet packet = current;
    long number = packet != null && packet.flow() == flow ? packet.number() : 0;
    signals.dropped(flow, number);
  }

  private void enforce(UdpFlow flow, boolean first) {
    Confirmation before = flow.confirmation;
    flow.confirmation =
        enforcement.decide(UdpLayout.PROTOCOL, flow.key(), FlowDecision.DROP, first);
    if (before == Confirmation.PENDING && flow.confirmation == before) {
      return;
    }
    for (int i = 0; i < events.decided().size(); i++) {
      events.decided().get(i).decided(flow, FlowDecision.DROP, flow.confirmation);
    }
  }

  private void close(UdpFlow flow) {
    signals.ended(flow);
    log.closing(flow);
    flows.forget(flow);
    flow.setState(UdpFlowState.CLOSED);
    flow.setNextDissector(null);
  }

  /** The flow's timer fired: it is forgotten when it was silent for long enough. */
  void idle(UdpFlow flow, long nowNanos) {
    if (flows.hasExpired(flow, lifeNanos(flow), nowNanos)) {
      close(flow);
    }
  }

  /** Returns the flow with this id, or null. */
  public @Nullable UdpFlow connection(long id) {
    return flows.numbered(id);
  }

  /** Ends all flows, the newest first; called when no more packets come. */
  public void finish() {
    for (UdpFlow flow : flows.newestFirst()) {
      close(flow);
    }
  }
}
