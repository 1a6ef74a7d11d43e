package dev.tiaki.engine.flow;

import dev.tiaki.engine.packet.DropOrigin;
import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.packet.Packet;
import dev.tiaki.engine.packet.PacketFlow;
import dev.tiaki.engine.time.Timer;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link FlowTable} keeps for one flow.
 *
 * <p>An entry is its own idle timer. A packet only notes the time ({@link #touch}); the timer, when
 * it fires, looks at that note and arms itself again for what is left, so that a busy flow costs
 * one timer per timeout and not one per packet.
 */
public abstract class FlowEntry extends Timer implements PacketFlow {
  private final FlowKey key;
  private long lastSeenNanos;
  private @Nullable FlowDrops drops;
  int tableHash;

  /** Makes an entry for the flow {@code key}. */
  protected FlowEntry(FlowKey key) {
    this.key = key;
  }

  /** Returns the flow's ends, initiator first. */
  public final FlowKey key() {
    return key;
  }

  /** Notes that a packet of the flow was seen now. */
  public final void touch(long nowNanos) {
    lastSeenNanos = nowNanos;
  }

  /** Returns when the last packet was seen, nanoseconds since the Unix epoch. */
  public final long lastSeenNanos() {
    return lastSeenNanos;
  }

  /**
   * Returns the direction of the packet that {@code probe} describes, which must be of this flow. A
   * flow from an end to itself has only one direction, up.
   */
  public final Direction directionOf(FlowProbe probe) {
    return key.isFrom(probe) ? Direction.UP : Direction.DOWN;
  }

  /** Returns why packets of this flow did not pass, or null when all did. */
  public final @Nullable FlowDrops drops() {
    return drops;
  }

  @Override
  public final void packetDropped(Packet packet, DropReason reason, @Nullable DropOrigin origin) {
    made(reason).packet(reason, origin, packet.number());
  }

  /** Notes that the flow as a whole is dropped; what was noted first stays. */
  public final void noteDropped(DropReason reason, @Nullable DropOrigin origin, long packet) {
    made(reason).flow(reason, origin, packet);
  }

  private FlowDrops made(DropReason reason) {
    FlowDrops known = drops;
    if (known == null) {
      known = new FlowDrops(reason);
      drops = known;
    }
    return known;
  }

  @Override
  public final @Nullable DropOrigin dropOrigin() {
    return drops == null ? null : drops.origin();
  }

  /** Tells whether the table may give this entry up when it is full and another flow opens. */
  protected abstract boolean isExpendable();
}
