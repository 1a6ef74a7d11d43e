package dev.tiaki.dissector.tcp;

import org.jspecify.annotations.Nullable;

/** Decides what a TCP packet goes to after its own events. */
@FunctionalInterface
public interface SegmentPolicy {
  /** The registered receiver, always. */
  SegmentPolicy REGISTERED = (tcp, known) -> known;

  /**
   * Returns the receiver of {@code tcp}; null sends the packet on unless the policy dropped it.
   *
   * @param known the receiver that is registered, or null
   */
  @Nullable SegmentReceiver select(TcpPacket tcp, @Nullable SegmentReceiver known);
}
