package dev.tiaki.cli.control.view;

import dev.tiaki.cli.control.event.EventTime;
import dev.tiaki.dissector.tcpconnection.TcpFlow;
import dev.tiaki.dissector.udpconnection.UdpFlow;
import dev.tiaki.engine.flow.Direction;
import dev.tiaki.engine.flow.FlowDrops;
import dev.tiaki.engine.packet.DropOrigin;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A flow.
 *
 * @param id its name in this run, {@code tcp-WORKER-NUMBER} or {@code udp-WORKER-NUMBER}
 * @param protocol {@code tcp} or {@code udp}
 * @param source who opened it
 * @param sourcePort 0 to 65 535
 * @param destination whom it was opened to
 * @param destinationPort 0 to 65 535
 * @param state as rules see it
 * @param decision what was decided about the whole of it, or null
 * @param kernel how far the kernel has taken that over, or null
 * @param midstream whether its beginning was not seen
 * @param up what went from source to destination
 * @param down what went the other way
 * @param lastSeen when its newest packet came
 * @param drops why packets of it did not pass, or null when all did
 */
public record FlowRow(
    String id,
    String protocol,
    String source,
    int sourcePort,
    String destination,
    int destinationPort,
    String state,
    @Nullable String decision,
    @Nullable String kernel,
    boolean midstream,
    Side up,
    Side down,
    String lastSeen,
    @Nullable Drops drops) {
  /**
   * One direction.
   *
   * @param packets how many came
   * @param bytes their bytes, IP headers included
   * @param deliveredBytes what rules could read in order; 0 for UDP
   * @param gapBytes what is missing in it; 0 for UDP
   */
  public record Side(long packets, long bytes, long deliveredBytes, long gapBytes) {}

  /**
   * Why packets of a flow did not pass.
   *
   * @param reason the decision about the flow, else the reason of its last packet
   * @param kind {@code rule}, {@code policy}, {@code engine} or {@code bound}
   * @param by the rule with its place, the policy or the limit; null when that is not known
   * @param packet the packet on which it was decided, 0 when there was none
   * @param packets how many did not pass
   */
  public record Drops(String reason, String kind, @Nullable String by, long packet, long packets) {
    static @Nullable Drops of(@Nullable FlowDrops drops) {
      if (drops == null) {
        return null;
      }
      DropOrigin origin = drops.origin();
      return new Drops(
          drops.reason().word(),
          drops.reason().kind().word(),
          origin == null ? null : origin.text(),
          drops.packetNumber(),
          drops.packets());
    }
  }

  /** Returns a connection of a worker; on the worker's thread. */
  public static FlowRow of(int worker, TcpFlow flow) {
    String state = flow.stateName();
    return new FlowRow(
        "tcp-" + worker + "-" + flow.id(),
        "tcp",
        flow.sourceAddress().toString(),
        flow.sourcePort(),
        flow.destinationAddress().toString(),
        flow.destinationPort(),
        state == null ? "closed" : state,
        flow.decision() == null ? null : flow.decision().word(),
        flow.decision() == null ? null : flow.confirmation().name().toLowerCase(Locale.ROOT),
        flow.isMidstream(),
        side(flow, Direction.UP),
        side(flow, Direction.DOWN),
        EventTime.of(flow.lastSeenNanos()),
        Drops.of(flow.drops()));
  }

  private static Side side(TcpFlow flow, Direction direction) {
    return new Side(
        flow.packets(direction),
        flow.bytes(direction),
        flow.deliveredBytes(direction),
        flow.gapBytes(direction));
  }

  /** Returns a UDP flow of a worker; on the worker's thread. */
  public static FlowRow of(int worker, UdpFlow flow) {
    return new FlowRow(
        "udp-" + worker + "-" + flow.id(),
        "udp",
        flow.sourceAddress().toString(),
        flow.sourcePort(),
        flow.destinationAddress().toString(),
        flow.destinationPort(),
        flow.state().word(),
        flow.canContinue() ? null : "drop",
        null,
        false,
        side(flow, Direction.UP),
        side(flow, Direction.DOWN),
        EventTime.of(flow.lastSeenNanos()),
        Drops.of(flow.drops()));
  }

  private static Side side(UdpFlow flow, Direction direction) {
    return new Side(flow.packets(direction), flow.bytes(direction), 0, 0);
  }
}
