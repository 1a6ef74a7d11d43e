package dev.tiaki.cli.assembly;

import dev.tiaki.cli.eve.EveEnds;
import dev.tiaki.cli.eve.EveFlow;
import dev.tiaki.cli.eve.EveWriter;
import dev.tiaki.dissector.udpconnection.UdpConnectionDissector;
import dev.tiaki.dissector.udpconnection.UdpFlow;
import dev.tiaki.dissector.udpconnection.UdpFlowState;
import dev.tiaki.engine.flow.Direction;
import dev.tiaki.engine.time.NetworkTime;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes the EVE records of flows of UDP. */
final class EveDatagrams {
  private final EveWriter eve;
  private final LongUnaryOperator idInRun;
  private final Supplier<String> capture;
  private final BooleanSupplier shuttingDown;
  private final Map<Long, FlowNotes> flows = new HashMap<>();
  private boolean newFlowAlerted;

  /** What is noted about a flow while it lasts. */
  private static final class FlowNotes {
    private final long startNanos;
    private boolean alerted;

    FlowNotes(long startNanos, boolean alerted) {
      this.startNanos = startNanos;
      this.alerted = alerted;
    }
  }

  /**
   * Makes the records of one worker.
   *
   * @param idInRun turns the number of a flow into one that is unique in the run
   * @param capture names the capture that is read
   * @param shuttingDown tells whether flows end because their capture does
   */
  EveDatagrams(
      EveWriter eve,
      LongUnaryOperator idInRun,
      Supplier<String> capture,
      BooleanSupplier shuttingDown) {
    this.eve = eve;
    this.idInRun = idInRun;
    this.capture = capture;
    this.shuttingDown = shuttingDown;
  }

  void listen(UdpConnectionDissector datagrams, NetworkTime time) {
    datagrams.events().receivePacket().add((flow, udp, direction) -> seen(flow, time.nanos()));
    datagrams.events().endConnection().add(this::ended);
  }

  /** The next packet is processed: what an alert said about a new flow is about another one. */
  void beginPacket() {
    newFlowAlerted = false;
  }

  /** An alert is about the flow of this number, or about the one that is new if that is 0. */
  void alerted(long number) {
    FlowNotes notes = flows.get(number);
    if (notes != null) {
      notes.alerted = true;
    } else if (number == 0) {
      newFlowAlerted = true;
    }
  }

  private void seen(UdpFlow flow, long nanos) {
    flows.computeIfAbsent(flow.number(), number -> new FlowNotes(nanos, newFlowAlerted));
  }

  private void ended(UdpFlow flow) {
    FlowNotes notes = flows.remove(flow.number());
    if (notes == null) {
      return;
    }
    boolean dropped = flow.state() == UdpFlowState.DROPPED;
    eve.flow(
        new EveFlow(
            idInRun.applyAsLong(flow.number()),
            capture.get(),
            ends(flow),
            notes.startNanos,
            Math.max(notes.startNanos, flow.lastSeenNanos()),
            side(flow, Direction.UP),
            side(flow, Direction.DOWN),
            flow.packets(Direction.DOWN) > 0 ? "established" : "new",
            reason(dropped),
            action(dropped),
            notes.alerted,
            null,
            null));
  }

  private String reason(boolean dropped) {
    if (dropped) {
      return "forced";
    }
    return shuttingDown.getAsBoolean() ? "shutdown" : "timeout";
  }

  private static @Nullable String action(boolean dropped) {
    return dropped ? "drop" : null;
  }

  private static EveEnds ends(UdpFlow flow) {
    return new EveEnds(
        flow.sourceAddress().toString(),
        flow.sourcePort(),
        flow.destinationAddress().toString(),
        flow.destinationPort(),
        "UDP");
  }

  private static EveFlow.Side side(UdpFlow flow, Direction direction) {
    return new EveFlow.Side(flow.packets(direction), flow.bytes(direction), 0, false);
  }
}
