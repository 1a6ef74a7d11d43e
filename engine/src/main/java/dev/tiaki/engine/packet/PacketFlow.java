package dev.tiaki.engine.packet;

import org.jspecify.annotations.Nullable;

/** The flow that a packet belongs to, as far as a packet knows it. */
public interface PacketFlow {
  /** A packet of the flow was dropped; {@code origin} is who decided so, when known. */
  void packetDropped(Packet packet, DropReason reason, @Nullable DropOrigin origin);

  /** Returns who is behind the drop of the whole flow, or null. */
  @Nullable DropOrigin dropOrigin();
}
