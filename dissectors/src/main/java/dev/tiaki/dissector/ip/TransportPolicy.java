package dev.tiaki.dissector.ip;

import org.jspecify.annotations.Nullable;

/** Decides which dissector a packet goes to after it was reassembled. */
@FunctionalInterface
public interface TransportPolicy {
  /** The registered dissector, always. */
  TransportPolicy REGISTERED = (ip, known) -> known;

  /**
   * Returns the dissector for {@code ip}; null sends it on unless the policy dropped it.
   *
   * @param known the dissector that is registered for the packet's protocol, or null
   */
  @Nullable TransportDissector select(IpPacket ip, @Nullable TransportDissector known);
}
