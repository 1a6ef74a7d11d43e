package dev.tiaki.dissector.tcpconnection;

import dev.tiaki.dissector.packet.ConnectionLog;
import dev.tiaki.dissector.packet.FlowDissectors;
import dev.tiaki.dissector.packet.RuleErrors;
import dev.tiaki.dissector.tcp.SegmentReceiver;
import dev.tiaki.dissector.tcp.TcpLayout;
import dev.tiaki.dissector.tcp.TcpPacket;
import dev.tiaki.engine.buffer.BufferIterator;
import dev.tiaki.engine.buffer.BufferStream;
import dev.tiaki.engine.enforcement.Enforcement;
import dev.tiaki.engine.enforcement.FlowDecision;
import dev.tiaki.engine.flow.Direction;
import dev.tiaki.engine.flow.FlowKey;
import dev.tiaki.engine.flow.FlowProbe;
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
 * Follows TCP connections: finds the one a packet belongs to, opens and closes them, and tells
 * listeners. What a packet means to its connection is decided by {@link ConnectionStates}, what
 * becomes of its data by {@link DataPath}.
 */
public final class TcpConnectionDissector implements SegmentReceiver {
  private static final long QUIET_NANOS = 2_000_000_000L;
  private static final long CLOCK_LEAP_NANOS = 86_400_000_000_000L;
  private static final DropOrigin TOO_MANY_FLOWS = DropOrigin.of("limit of connections");
  private static final DropOrigin KEPT_TOO_MUCH = DropOrigin.of("limit of bytes that rules keep");
  private static final DropOrigin BAD_CHECKSUM = DropOrigin.of("wrong tcp checksum");
  private static final StreamObservers NOBODY = (flow, direction) -> null;

  private final WorkerContext context;
  private final TcpConnectionSettings settings;
  private final TcpConnectionEvents events = new TcpConnectionEvents();
  private final TcpConnectionPolicies policies;
  private final FlowDissectors<TcpFlow, StreamDissector> applications = new FlowDissectors<>();
  private final MidstreamRoles midstreamRoles = new MidstreamRoles(applications);
  private final TcpConnectionSummary summary;
  private final FlowTable<TcpFlow> table;
  private final FlowProbe probe = new FlowProbe();
  private final ConnectionLog log;
  private boolean finishing;
  private final RuleErrors errors;
  private final DataPath data;
  private final ConnectionStates states;
  private final ChecksumGuard checksums;
  private final ResetForge resets;
  private final ConnectionSignals signals;
  private final Decisions decisions = new Decisions(events);
  private final boolean haka;
  private final boolean observing;
  private StreamObservers observers = NOBODY;
  private @Nullable TcpPacket current;
  private long lastId;
  private long lastPacketNanos;

  /** Makes the dissector of one worker, not registered with TCP yet. */
  public TcpConnectionDissector(WorkerContext context, TcpConnectionSettings settings) {
    this.context = context;
    this.settings = settings;
    haka = context.mode().hakaCompatible();
    observing = !context.mode().enforcing() && !haka;
    DefaultPolicies defaults = new DefaultPolicies(context);
    policies = new TcpConnectionPolicies(defaults::noConnectionFound, defaults::unexpectedPacket);
    policies.setNextDissector(this::chooseByPort);
    summary = new TcpConnectionSummary(context.counters());
    table = new FlowTable<>(settings.maxFlows());
    log = new ConnectionLog(context.log());
    errors = new RuleErrors(context, "tcp", "");
    signals = new ConnectionSignals(events, errors, this::handle);
    data = new DataPath(this, context, settings);
    states = new ConnectionStates(this, context, settings);
    checksums = new ChecksumGuard(context);
    resets = new ResetForge(haka);
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
    return table.size();
  }

  /** Returns the bytes of memory that data which waits or was sent takes, of all connections. */
  public long heldBytes() {
    return data.heldBytes();
  }

  /** Walks over a part of the table, as {@link FlowTable#scan} says. */
  public int scan(int from, int count, Predicate<? super TcpFlow> action) {
    return table.scan(from, count, action);
  }

  /** Returns the connection with this id, or null. */
  public @Nullable TcpFlow connection(long id) {
    return connectionList().stream().filter(flow -> flow.id() == id).findFirst().orElse(null);
  }

  /** Returns the packet that is being processed, or null. */
  @Nullable TcpPacket current() {
    return current;
  }

  DataPath data() {
    return data;
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
    lastPacketNanos = context.time().nanos();
    probe.set(
        tcp.ip().isIpv6(),
        tcp.ip().sourceHigh(),
        tcp.ip().sourceLow(),
        tcp.ip().destinationHigh(),
        tcp.ip().destinationLow(),
        tcp.sourcePort(),
        tcp.destinationPort());
    probe.inNetwork(tcp.packet().network());
    TcpFlow flow = table.find(probe);
    try {
      if (flow == null) {
        unknown(tcp);
      } else {
        known(flow, flow.directionOf(probe), tcp);
      }
    } finally {
      current = outer;
    }
  }

  private void unknown(TcpPacket tcp) {
    if (isOpening(tcp)) {
      open(tcp, probe.toKey(), false);
    } else if (settings.midstreamPickup() && !tcp.has(TcpLayout.RST)) {
      open(tcp, midstreamRoles.key(tcp, probe.toKey()), true);
    } else {
      noConnection(tcp);
    }
  }

  private static boolean isOpening(TcpPacket tcp) {
    return (tcp.flags() & (TcpLayout.SYN | TcpLayout.ACK)) == TcpLayout.SYN;
  }

  private void noConnection(TcpPacket tcp) {
    try {
      policies.noConnectionFound.apply(tcp);
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
      if (observing) {
        tcp.send();
      } else {
        tcp.packet().blame(TOO_MANY_FLOWS);
        tcp.drop(DropReason.BOUND);
      }
      return;
    }
    resets.keepTemplate(tcp);
    TcpFlow flow = new TcpFlow(this, key, ++lastId, midstream);
    flow.openedBySyn = !midstream;
    flow.openingSequence = tcp.sequence();
    table.insert(flow);
    log.opening(flow);
    summary.opened(flow);
    enter(flow, flow.state());
    if (midstream) {
      states.enterEstablished(flow);
    }
    tcp.packet().setFlow(flow);
    Direction direction = flow.directionOf(probe);
    if (announce(flow, tcp)) {
      follow(flow, direction, tcp);
    }
  }

  private boolean makeRoom() {
    if (!table.isFull()) {
      return true;
    }
    TcpFlow victim = table.expendableNear(probe);
    if (victim == null) {
      summary.refused();
      return false;
    }
    summary.evicted();
    victim.noteDropped(DropReason.BOUND, TOO_MANY_FLOWS, 0);
    close(victim, DropReason.BOUND);
    return true;
  }

  /** Tells policy and listeners about a new connection; false when nothing is left to do. */
  private boolean announce(TcpFlow flow, TcpPacket tcp) {
    try {
      policies.newConnection.apply(flow, tcp);
      if (signals.opened(flow, tcp)) {
        policies.nextDissector.apply(flow);
      }
    } catch (RuleFailure failure) {
      handle(failure, flow, tcp);
    } catch (RuleAbort abort) {
      // a rule that dropped has done so; one that only stopped lets the others' decisions stand
    }
    if (!tcp.isValid() && flow.canContinue()) {
      drop(flow);
    } else if (!flow.canContinue() && !flow.muted) {
      tcp.drop(DropReason.RULE);
    }
    return tcp.isValid();
  }

  private void known(TcpFlow flow, Direction direction, TcpPacket tcp) {
    tcp.packet().setFlow(flow);
    if (flow.decision != null && !isOpening(tcp)) {
      decisions.again(flow, flow.decision);
    }
    follow(flow, direction, tcp);
  }

  private void follow(TcpFlow flow, Direction direction, TcpPacket tcp) {
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
      handle(failure, flow, tcp);
    } catch (RuleAbort abort) {
      // silent: what the rule did before it stopped stands
    }
    if (flow.state() == TcpState.RESET && !observing) {
      tcp.drop(DropReason.FLOW_DROPPED);
    }
  }

  private boolean isStillWatched(TcpFlow flow, TcpPacket tcp) {
    if (isOpening(tcp) && !isOpenedBy(flow, tcp)) {
      reopen(flow, tcp);
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

  /** Calls the listeners of {@code receive_data}; false when nothing may be sent any more. */
  boolean signalData(TcpFlow flow, BufferStream stream, BufferIterator at, Direction direction) {
    return signals.data(flow, stream, at, direction, current);
  }

  /** Asks who knows a protocol that begins like this; false when nothing may be sent any more. */
  boolean detect(TcpFlow flow, BufferStream stream, BufferIterator at, Direction direction) {
    return signals.beginning(flow, stream, at, direction, current);
  }

  void failed(RuleFailure failure, TcpFlow flow) {
    handle(failure, flow, current);
  }

  /** Logs a failing rule and applies {@code on-rule-error}: Haka closed the flow, we drop it. */
  private void handle(RuleFailure failure, TcpFlow flow, @Nullable TcpPacket tcp) {
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

  /** Starts over: the old connection is closed, the packet opens another between the same ends. */
  void reopen(TcpFlow flow, TcpPacket tcp) {
    boolean answer = tcp.has(TcpLayout.ACK);
    int sequence = flow.reopeningSequence;
    // Haka's table replaces a dropped record without a word
    close(flow, DropReason.INCOMPLETE, !(haka && flow.state() == TcpState.RESET));
    if (answer) {
      openAnswered(tcp, sequence);
    } else {
      open(tcp, probe.toKey(), false);
    }
  }

  private void openAnswered(TcpPacket tcp, int initiatorSequence) {
    TcpFlow flow = new TcpFlow(this, probe.toKey().reversed(), ++lastId, false);
    table.insert(flow);
    log.opening(flow);
    summary.opened(flow);
    flow.half(Direction.UP).start(initiatorSequence + 1);
    enter(flow, TcpState.SYN_SENT);
    if (announce(flow, tcp)) {
      follow(flow, Direction.DOWN, tcp);
    }
  }

  private void enter(TcpFlow flow, TcpState state) {
    flow.setState(state);
    long now = context.time().nanos();
    flow.touch(now);
    context.timers().schedule(flow, now + settings.timeouts().nanos(state));
  }

  void enterTimedWait(TcpFlow flow) {
    enter(flow, TcpState.TIMED_WAIT);
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

  private void ended(TcpFlow flow) {
    signals.ended(flow, current);
    data.letGo(flow);
  }

  private static long number(@Nullable TcpPacket tcp) {
    return tcp == null ? 0 : tcp.packet().number();
  }

  private void drop(TcpFlow flow, DropReason reason, FlowDecision decision) {
    if (flow.canContinue()) {
      events.signalDropped(flow, reason, number(current));
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
    flow.noteDropped(DropReason.BOUND, KEPT_TOO_MUCH, number(current));
    drop(flow, DropReason.BOUND, FlowDecision.DROP);
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
    enter(flow, TcpState.RESET);
    ended(flow);
    if (observing) {
      silence(flow);
    } else {
      clear(flow, reason);
    }
    log.dropping(flow);
  }

  void reset(TcpFlow flow, boolean both) {
    if (!observing && flow.canContinue()) {
      resets.send(flow, both, current);
    }
    drop(flow, DropReason.RULE, both ? FlowDecision.RESET : FlowDecision.HALF_RESET);
  }

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

  private void clear(TcpFlow flow, DropReason reason) {
    data.close(flow, Direction.UP, reason);
    data.close(flow, Direction.DOWN, reason);
  }

  /** Takes the connection out of the table and frees what it holds. */
  private void close(TcpFlow flow, DropReason reason) {
    close(flow, reason, true);
  }

  private void close(TcpFlow flow, DropReason reason, boolean logged) {
    if (flow.state() == TcpState.CLOSED) {
      return;
    }
    ended(flow);
    clear(flow, reason);
    if (logged) {
      log.closing(flow);
    }
    summary.closed(flow);
    context.timers().cancel(flow);
    table.remove(flow);
    flow.setState(TcpState.CLOSED);
  }

  /** The flow's timer fired: it is closed when it was idle for long enough. */
  void idle(TcpFlow flow, long nowNanos) {
    if (nowNanos - lastPacketNanos > CLOCK_LEAP_NANOS) {
      // no connection at all for a day: a capture's clock was set, the connections are not older
      flow.touch(nowNanos);
    }
    long deadline = flow.lastSeenNanos() + settings.timeouts().nanos(flow.state());
    if (deadline <= nowNanos) {
      close(flow, DropReason.INCOMPLETE);
    } else {
      context.timers().schedule(flow, deadline);
    }
  }

  /**
   * The kernel has forgotten a connection: so do we, unless a packet of it came just now, which
   * began another one between the same ends.
   */
  public void forgotten(FlowKey key) {
    FlowProbe ends = new FlowProbe();
    ends.set(key);
    TcpFlow flow = table.find(ends);
    if (flow != null && context.time().nanos() - flow.lastSeenNanos() >= QUIET_NANOS) {
      close(flow, DropReason.INCOMPLETE);
    }
  }

  /** Returns the connections that are followed, dropped ones included, the newest first. */
  public List<TcpFlow> connectionList() {
    return table.byNumberDescending(TcpFlow::id);
  }

  /** Ends all connections, the newest first; called when no more packets come. */
  public void finish() {
    finishing = true;
    for (TcpFlow flow : connectionList()) {
      close(flow, DropReason.INCOMPLETE);
    }
    finishing = false;
  }

  /** Tells whether connections are ending because nothing more comes. */
  public boolean isFinishing() {
    return finishing;
  }
}
