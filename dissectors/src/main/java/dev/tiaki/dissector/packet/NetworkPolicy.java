package dev.tiaki.dissector.packet;

import dev.tiaki.engine.packet.Packet;
import org.jspecify.annotations.Nullable;

/** Decides which dissector a frame goes to. */
@FunctionalInterface
public interface NetworkPolicy {
  /**
   * Returns the dissector for {@code packet}; null sends it on unless the policy dropped it.
   *
   * @param known the dissector that is registered for the frame's EtherType, or null
   */
  @Nullable NetworkDissector select(Packet packet, @Nullable NetworkDissector known);
}
