package dev.tiaki.engine.flow;

import dev.tiaki.engine.packet.DropOrigin;
import dev.tiaki.engine.packet.DropReason;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Why packets of one flow did not pass. Until the flow as a whole is dropped the last packet's
 * reason stands here; afterwards the reason of that decision stays, because later packets are
 * dropped for no other.
 */
public final class FlowDrops {
  private DropReason reason;
  private @Nullable DropOrigin origin;
  private long packetNumber;
  private long packets;
  private boolean whole;
  private final Set<DropReason> reasons = EnumSet.noneOf(DropReason.class);
  private boolean fresh;

  FlowDrops(DropReason reason) {
    this.reason = reason;
  }

  void packet(DropReason why, @Nullable DropOrigin by, long number) {
    packets++;
    fresh = reasons.add(why);
    if (!whole && why != DropReason.FLOW_DROPPED) {
      note(why, by, number);
    }
  }

  void flow(DropReason why, @Nullable DropOrigin by, long number) {
    if (!whole) {
      whole = true;
      note(why, by, number);
    }
  }

  private void note(DropReason why, @Nullable DropOrigin by, long number) {
    reason = why;
    origin = by;
    packetNumber = number;
  }

  /** Returns why: the decision about the flow, else about its last packet that was dropped. */
  public DropReason reason() {
    return reason;
  }

  /** Returns who decided so, or null when that is not known. */
  public @Nullable DropOrigin origin() {
    return origin;
  }

  /** Returns the 1-based rank of the packet on which it was decided, 0 when there was none. */
  public long packetNumber() {
    return packetNumber;
  }

  /** Returns how many packets of the flow were dropped. */
  public long packets() {
    return packets;
  }

  /** Tells whether the last packet was the first of the flow that was dropped for its reason. */
  public boolean isNewReason() {
    return fresh;
  }

  /** Tells whether the flow as a whole was dropped, not only packets of it. */
  public boolean isWhole() {
    return whole;
  }
}
