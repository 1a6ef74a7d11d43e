package dev.tiaki.cli.assembly;

import dev.tiaki.cli.eve.EveDrop;
import dev.tiaki.cli.eve.EveEnds;
import dev.tiaki.cli.eve.EveFlow;
import dev.tiaki.cli.eve.EvePlace;
import dev.tiaki.cli.eve.EveWriter;
import dev.tiaki.dissector.http.HttpExchange;
import dev.tiaki.dissector.http.HttpFlow;
import dev.tiaki.dissector.tcp.TcpPacket;
import dev.tiaki.dissector.tcpconnection.TcpFlow;
import dev.tiaki.engine.alert.Alert;
import dev.tiaki.engine.alert.AlertContext;
import dev.tiaki.engine.alert.AlertContext.FlowAddresses;
import dev.tiaki.engine.alert.AlertSink;
import dev.tiaki.engine.flow.Direction;
import dev.tiaki.engine.flow.FlowDrops;
import dev.tiaki.engine.flow.FlowEntry;
import dev.tiaki.engine.packet.DropOrigin;
import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.packet.Packet;
import dev.tiaki.engine.worker.WorkerContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the EVE records of one worker. An alert waits until its packet is through, because only
 * then is it known whether the packet was blocked.
 */
final class EveRecorder implements AlertSink, DropListener {
  private static final int WORKER_SHIFT = 44; // flow ids stay exact in a JSON number, below 2^53

  private final EveWriter eve;
  private final WorkerContext context;
  private final Map<Long, FlowNotes> flows = new HashMap<>();
  private final EveDatagrams datagrams;
  private final List<Waiting> waiting = new ArrayList<>();
  private CapturePlace place = CapturePlace.NONE;
  private @Nullable Packet packet;
  private boolean shuttingDown;

  /** The connection that the last alert was about, when it was not known yet. */
  private long alertedEarly;

  private record Waiting(Alert alert, @Nullable EveEnds ends) {}

  /** What is noted about a connection while it lasts. */
  private static final class FlowNotes {
    long startNanos;
    int upFlags;
    int downFlags;
    boolean alerted;
  }

  EveRecorder(EveWriter eve, WorkerContext context) {
    this.eve = eve;
    this.context = context;
    this.datagrams = new EveDatagrams(eve, this::idInRun, () -> place.name(), () -> shuttingDown);
  }

  /** Has the protocols of {@code chain} write their records too. */
  void listen(Chain chain) {
    new EveApplications(eve, this::idInRun, () -> place.name())
        .listen(chain, () -> context.time().nanos());
    datagrams.listen(chain.datagrams(), context.time());
  }

  void beginCapture(CapturePlace capture) {
    place = capture;
    shuttingDown = false;
  }

  /** Says that connections end from now on because the capture does. */
  void endsCapture() {
    shuttingDown = true;
  }

  void begin(Packet next) {
    packet = next;
    datagrams.beginPacket();
  }

  void end(Packet done) {
    DropReason blocked = context.mode().enforcing() ? done.dropReason() : null;
    packet = null;
    for (Waiting alert : waiting) {
      write(alert, blocked);
    }
    waiting.clear();
  }

  @Override
  public void post(Alert alert) {
    note(alert.context());
    Waiting noted = new Waiting(alert, packet == null ? null : PacketEnds.of(packet));
    if (packet == null) {
      write(noted, null);
    } else {
      waiting.add(noted);
    }
  }

  private void note(AlertContext about) {
    FlowNotes notes = flows.get(about.flowId());
    if (notes != null) {
      notes.alerted = true;
    } else if (about.flow() != null) {
      alertedEarly = about.flowId();
      datagrams.alerted(about.flowId());
    }
  }

  private void write(Waiting noted, @Nullable DropReason blocked) {
    Alert alert = noted.alert;
    eve.alert(
        alert,
        new EvePlace(
            place.name(),
            alert.context().packetNumber(),
            idInRun(alert.context().flowId()),
            noted.ends,
            ends(alert.context().flow()),
            blocked));
  }

  private static @Nullable EveEnds ends(@Nullable FlowAddresses flow) {
    return flow == null
        ? null
        : new EveEnds(
            flow.source(),
            flow.sourcePort(),
            flow.destination(),
            flow.destinationPort(),
            flow.protocol());
  }

  private long idInRun(long flow) {
    return flow == 0 ? 0 : ((long) context.number() << WORKER_SHIFT) + flow;
  }

  void opened(TcpFlow flow) {
    FlowNotes notes = new FlowNotes();
    notes.startNanos = context.time().nanos();
    notes.alerted = flow.id() == alertedEarly;
    flows.put(flow.id(), notes);
  }

  void seen(TcpFlow flow, TcpPacket tcp, Direction direction) {
    FlowNotes notes = flows.get(flow.id());
    if (notes == null) {
      return;
    }
    if (direction == Direction.UP) {
      notes.upFlags |= tcp.flags();
    } else {
      notes.downFlags |= tcp.flags();
    }
  }

  void ended(TcpFlow flow) {
    FlowNotes notes = flows.remove(flow.id());
    if (notes == null) {
      return;
    }
    EveEnds ends = ends(flow);
    eve.flow(
        new EveFlow(
            idInRun(flow.id()),
            place.name(),
            ends,
            notes.startNanos,
            Math.max(notes.startNanos, flow.lastSeenNanos()),
            side(flow, Direction.UP, notes.upFlags),
            side(flow, Direction.DOWN, notes.downFlags),
            EveFlowState.state(flow),
            EveFlowState.reason(flow, shuttingDown, context.time().nanos()),
            isDropped(flow) ? "drop" : null,
            notes.alerted,
            EveFlowState.tcpState(flow),
            flow.drops()));
  }

  private boolean isDropped(TcpFlow flow) {
    FlowDrops drops = flow.drops();
    return context.mode().enforcing() && drops != null && drops.isWhole();
  }

  /** A flow's packets are told once for each reason; that the flow was dropped is in its record. */
  @Override
  public void packetDropped(Packet dropped, DropReason reason, @Nullable DropOrigin origin) {
    FlowEntry flow = dropped.flow() instanceof FlowEntry entry ? entry : null;
    FlowDrops drops = flow == null ? null : flow.drops();
    boolean told =
        drops != null && (!drops.isNewReason() || (drops.isWhole() && drops.packets() > 1));
    if (!context.mode().enforcing() || told) {
      return;
    }
    eve.drop(
        new EveDrop(
            context.time().nanos(),
            new EvePlace(
                place.name(),
                dropped.number(),
                flow instanceof TcpFlow tcp ? idInRun(tcp.id()) : 0,
                PacketEnds.of(dropped),
                flow instanceof TcpFlow tcp ? ends(tcp) : null,
                reason),
            dropped.originalLength(),
            reason,
            origin));
  }

  @Override
  public void flowDropped(FlowEntry flow) {}

  private static EveEnds ends(TcpFlow flow) {
    return new EveEnds(
        flow.sourceAddress().toString(),
        flow.sourcePort(),
        flow.destinationAddress().toString(),
        flow.destinationPort(),
        "TCP");
  }

  void exchanged(HttpFlow http, HttpExchange exchange) {
    TcpFlow flow = http.flow();
    eve.http(EveHttpRows.row(idInRun(flow.id()), place.name(), ends(flow), exchange));
  }

  private static EveFlow.Side side(TcpFlow flow, Direction direction, int flags) {
    return new EveFlow.Side(
        flow.packets(direction), flow.bytes(direction), flags & 0xff, flow.gaps(direction) > 0);
  }
}
