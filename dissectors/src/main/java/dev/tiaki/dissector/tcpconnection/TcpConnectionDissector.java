package dev.tiaki.dissector.tcpconnection;

import dev.tiaki.dissector.flow.FollowedFlows;
import dev.tiaki.dissector.packet.ConnectionLog;
import dev.tiaki.dissector.packet.FlowDissectors;
import dev.tiaki.dissector.packet.RuleErrors;
import dev.tiaki.dissector.tcp.SegmentReceiver;
import dev.tiaki.dissector.tcp.TcpPacket;
import dev.tiaki.engine.enforcement.Enforcement;
import dev.tiaki.engine.flow.Direction;
import dev.tiaki.engine.flow.FlowKey;
import dev.tiaki.engine.flow.FlowTable;
import dev.tiaki.engine.packet.DropOrigin;
import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.rule.RuleAbort;
import dev.tiaki.engine.rule.RuleFailure;
import dev.tiaki.engine.worker.WorkerContext;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Follows TCP connections: finds the one a packet belongs to and has the packet processed. How
 * connections begin is said by {@link ConnectionOpening}, what a packet means to its connection by
 * {@link ConnectionStates}, what becomes of its data by {@link DataPath}, and how connections end
 * by {@link ConnectionTeardown}.
 */
public final class TcpConnectionDissector implements SegmentReceiver {
  private static final DropOrigin BAD_CHECKSUM = DropOrigin.of("wrong tcp checksum");
  private static final StreamObservers NOBODY = (flow, direction) -> null;

  private final WorkerContext context;
  private final TcpConnectionEvents events = new TcpConnectionEvents();
  private final TcpConnectionPolicies policies;
  private final FlowDissectors<TcpFlow, StreamDissector> applications = new FlowDissectors<>();
  private final TcpConnectionSummary summary;
  private final FollowedFlows<TcpFlow> flows;
  private final ConnectionTimeouts timeouts;
  private final ConnectionSignals signals;
  private final DataPath data;
  private final Decisions decisions = new Decisions(events);
  private final ConnectionTeardown teardown;
  private final ConnectionOpening opening;
  private final ConnectionStates states;
  private final ChecksumGuard checksums;
  private final boolean haka;
  private final boolean observing;
  private StreamObservers observers = NOBODY;
  private @Nullable TcpPacket current;
  private boolean finishing;

  /** Makes the dissector of one worker, not registered with TCP yet. */
  public TcpConnectionDissector(WorkerContext context, TcpConnectionSettings settings) {
    this.context = context;
    haka = context.mode().hakaCompatible();
    DefaultPolicies defaults = new DefaultPolicies(context);
    policies = new TcpConnectionPolicies(defaults::noConnectionFound, defaults::unexpectedPacket);
    policies.setNextDissector(this::chooseByPort);
    summary = new TcpConnectionSummary(context.counters());
    flows = new FollowedFlows<>(context, settings.maxFlows(), summary.refused(), summary.evicted());
    timeouts = new ConnectionTimeouts(context.time(), flows, settings.timeouts());
    ConnectionLog log = new ConnectionLog(context.log());
    RuleErrors errors = new RuleErrors(context, "tcp", "");
    signals = new ConnectionSignals(events, errors, this::ruleFailed);
    data = new DataPath(this, context, settings);
    observing = data.isObserving();
    teardown = new ConnectionTeardown(this, context, decisions, log, errors);
    opening = new ConnectionOpening(this, teardown, log, errors, settings.midstreamPickup(), haka);
    states = new ConnectionStates(this, context, settings);
    checksums = new ChecksumGuard(context);
  }

  @Override
  public String name() {
    return "tcp_connection";
  }

  /** Returns the events of connections. */
  public TcpConnectionEvents events() {
    return events;
  }

  /** Returns the points at which rules may decide otherwise. */
  public TcpConnectionPolicies policies() {
    return policies;
  }

  /** Returns the protocols that can stand on a connection. */
  public FlowDissectors<TcpFlow, StreamDissector> applications() {
    return applications;
  }

  /** Chooses the protocol that is expected at the responder's port, unless a rule chose one. */
  public void chooseByPort(TcpFlow flow) {
    if (flow.nextDissector() == null) {
      flow.setNextDissector(applications.openAt(flow.destinationPort(), flow));
    }
  }

  /** Has {@code watchers} asked who watches each direction, independently of rules. */
  public void setObservers(StreamObservers watchers) {
    observers = watchers;
  }

  /** Says who carries out what is decided about whole connections; nobody until this is called. */
  public void setEnforcement(Enforcement by) {
    decisions.setEnforcement(by);
  }

  /** Returns the number of connections that are followed, dropped ones included. */
  public int connections() {
    return flows.size();
  }

  /** Returns the bytes of memory that data which waits or was sent takes, of all connections. */
  public long heldBytes() {
    return data.heldBytes();
  }

  /** Walks over a part of the table, as {@link FlowTable#scan} says. */
  public int scan(int from, int count, Predicate<? super TcpFlow> action) {
    return flows.scan(from, count, action);
  }

  /** Returns the connection with this id, or null. */
  public @Nullable TcpFlow connection(long id) {
    return flows.numbered(id);
  }

  /** Returns the packet that is being processed, or null. */
  @Nullable TcpPacket current() {
    return current;
  }

  FollowedFlows<TcpFlow> flows() {
    return flows;
  }

  ConnectionTimeouts timeouts() {
    return timeouts;
  }

  ConnectionSignals signals() {
    return signals;
  }

  DataPath data() {
    return data;
  }

  ConnectionOpening opening() {
    return opening;
  }

  ConnectionTeardown teardown() {
    return teardown;
  }

  TcpConnectionSummary summary() {
    return summary;
  }

  StreamObservers observers() {
    return observers;
  }

  @Override
  public void receive(TcpPacket tcp) {
    TcpPacket outer = current;
    current = tcp;
    timeouts.packetCame();
    TcpFlow flow = flows.find(tcp.ip(), tcp.sourcePort(), tcp.destinationPort());
    try {
      if (flow == null) {
        opening.unknown(tcp);
      } else {
        known(flow, flows.directionOf(flow), tcp);
      }
    } finally {
      current = outer;
    }
  }

  private void known(TcpFlow flow, Direction direction, TcpPacket tcp) {
    tcp.packet().setFlow(flow);
    if (flow.decision != null && !ConnectionOpening.isOpening(tcp)) {
      decisions.again(flow, flow.decision);
    }
    follow(flow, direction, tcp);
  }

  /** Processes a packet of {@code flow}. */
  void follow(TcpFlow flow, Direction direction, TcpPacket tcp) {
    if (flow.state() == TcpState.RESET && !isStillWatched(flow, tcp)) {
      return;
    }
    if (!flow.state().isOver()) {
      flow.touch(context.time().nanos());
    }
    flow.count(direction, tcp);
    if (!checksums.trusts(flow.half(direction), tcp)) {
      refuseBadChecksum(tcp);
      return;
    }
    try {
      if (!signals.packet(flow, tcp, direction)) {
        return;
      }
      states.step(flow, direction, tcp);
    } catch (RuleFailure failure) {
      teardown.ruleFailed(failure, flow, tcp);
    } catch (RuleAbort abort) {
      // silent: what the rule did before it stopped stands
    }
    if (flow.state() == TcpState.RESET && !observing) {
      tcp.drop(DropReason.FLOW_DROPPED);
    }
  }

  private boolean isStillWatched(TcpFlow flow, TcpPacket tcp) {
    if (ConnectionOpening.isOpening(tcp) && !isOpenedBy(flow, tcp)) {
      opening.reopen(flow, tcp);
      return false;
    }
    if (!observing) {
      tcp.drop(DropReason.FLOW_DROPPED);
      return false;
    }
    return true;
  }

  /** The SYN of a dropped connection is sent again; Haka took it for another connection's. */
  private boolean isOpenedBy(TcpFlow flow, TcpPacket tcp) {
    return !haka && flow.openedBySyn && flow.openingSequence == tcp.sequence();
  }

  private void refuseBadChecksum(TcpPacket tcp) {
    if (observing) {
      tcp.send();
    } else {
      tcp.packet().blame(BAD_CHECKSUM);
      tcp.drop(DropReason.MALFORMED);
    }
  }

  private void ruleFailed(RuleFailure failure, TcpFlow flow, @Nullable TcpPacket tcp) {
    teardown.ruleFailed(failure, flow, tcp);
  }

  /**
   * The kernel has forgotten a connection: so do we, unless a packet of it came just now, which
   * began another one between the same ends.
   */
  public void forgotten(FlowKey key) {
    TcpFlow flow = flows.between(key);
    if (flow != null && timeouts.isQuiet(flow)) {
      teardown.close(flow, DropReason.INCOMPLETE);
    }
  }

  /** Returns the connections that are followed, dropped ones included, the newest first. */
  public List<TcpFlow> connectionList() {
    return flows.newestFirst();
  }

  /** Ends all connections, the newest first; called when no more packets come. */
  public void finish() {
    finishing = true;
    for (TcpFlow flow : connectionList()) {
      teardown.close(flow, DropReason.INCOMPLETE);
    }
    finishing = false;
  }

  /** Tells whether connections are ending because nothing more comes. */
  public boolean isFinishing() {
    return finishing;
  }
}
