package dev.tiaki.netfilter.conntrack;

import org.jspecify.annotations.Nullable;

/**
 * What changes in an entry; what is absent stays.
 *
 * @param mark the new mark's bits, or {@link Flow#ABSENT}
 * @param markMask which bits of the mark change
 * @param timeoutSeconds the new timeout, or {@link Flow#ABSENT}; 0 removes the entry soon
 * @param statusBits status bits to add; the kernel clears none
 * @param protocolInfo the new state, or null
 * @param labels the new labels, or null
 * @param labelsMask which labels change, or null for all
 */
public record FlowUpdate(
    long mark,
    long markMask,
    long timeoutSeconds,
    int statusBits,
    @Nullable ProtocolInfo protocolInfo,
    @Nullable Labels labels,
    @Nullable Labels labelsMask) {
  /** Every bit of a mark. */
  public static final long WHOLE_MARK = 0xffff_ffffL;

  /** Changes nothing. */
  public static final FlowUpdate NOTHING =
      new FlowUpdate(Flow.ABSENT, WHOLE_MARK, Flow.ABSENT, 0, null, null, null);

  /** Returns a change of the mark's bits under {@code mask} to those of {@code mark}. */
  public static FlowUpdate mark(long mark, long mask) {
    return NOTHING.withMark(mark, mask);
  }

  /** Returns a change of the timeout. */
  public static FlowUpdate timeout(long seconds) {
    return NOTHING.withTimeout(seconds);
  }

  /** Returns this with the mark's bits under {@code mask} too. */
  public FlowUpdate withMark(long newMark, long mask) {
    return new FlowUpdate(
        newMark, mask, timeoutSeconds, statusBits, protocolInfo, labels, labelsMask);
  }

  /** Returns this with the timeout too. */
  public FlowUpdate withTimeout(long seconds) {
    return new FlowUpdate(mark, markMask, seconds, statusBits, protocolInfo, labels, labelsMask);
  }

  /** Returns this with status bits to add. */
  public FlowUpdate withStatus(int bits) {
    return new FlowUpdate(mark, markMask, timeoutSeconds, bits, protocolInfo, labels, labelsMask);
  }

  /** Returns this with the state too. */
  public FlowUpdate withProtocolInfo(ProtocolInfo info) {
    return new FlowUpdate(mark, markMask, timeoutSeconds, statusBits, info, labels, labelsMask);
  }

  /** Returns this with labels, of which only those of {@code mask} change unless it is null. */
  public FlowUpdate withLabels(Labels newLabels, @Nullable Labels mask) {
    return new FlowUpdate(
        mark, markMask, timeoutSeconds, statusBits, protocolInfo, newLabels, mask);
  }

  /** Returns the mark that a flow with the mark {@code old} has afterwards. */
  long markAfter(long old) {
    return mark == Flow.ABSENT ? old : ((old & ~markMask) | (mark & markMask)) & WHOLE_MARK;
  }
}
