package dev.tiaki.dissector.udp;

import org.jspecify.annotations.Nullable;

/** Decides who a UDP packet goes to. */
@FunctionalInterface
public interface DatagramPolicy {
  /** The registered receiver, always. */
  DatagramPolicy REGISTERED = (udp, known) -> known;

  /**
   * Returns the receiver of {@code udp}; null sends it on unless the policy dropped it.
   *
   * @param known the receiver that is registered, or null
   */
  @Nullable DatagramReceiver select(UdpPacket udp, @Nullable DatagramReceiver known);
}
