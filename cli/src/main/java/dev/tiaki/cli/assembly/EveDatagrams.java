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
  /** Flows of UDP are numbered on their own, above those of TCP. */
  private static final long FIRST_NUMBER = 1L << 43;

  private final EveWriter eve;
  private final LongUnaryOperator idInRun;
  private final Supplier<String> capture;
  private final BooleanSupplier shuttingDown;
  private final Map<Long, Long> startNanos = new HashMap<>();

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

  /** Returns the number of a flow among those of its worker. */
  static long number(UdpFlow flow) {
    return FIRST_NUMBER + flow.id();
  }

  void listen(UdpConnectionDissector datagrams, NetworkTime time) {
    datagrams
        .events()
        .receivePacket()
        .add((flow, udp, direction) -> startNanos.putIfAbsent(flow.id(), time.nanos()));
    datagrams.events().endConnection().add(this::ended);
  }

  private void ended(UdpFlow flow) {
    Long start = startNanos.remove(flow.id());
    if (start == null) {
      return;
    }
    boolean dropped = flow.state() == UdpFlowState.DROPPED;
    eve.flow(
        new EveFlow(
            idInRun.applyAsLong(number(flow)),
            capture.get(),
            ends(flow),
            start,
            Math.max(start, flow.lastSeenNanos()),
            side(flow, Direction.UP),
            side(flow, Direction.DOWN),
            flow.packets(Direction.DOWN) > 0 ? "established" : "new",
            reason(dropped),
            action(dropped),
            false,
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
