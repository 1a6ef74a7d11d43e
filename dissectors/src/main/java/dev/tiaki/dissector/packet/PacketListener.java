package dev.tiaki.dissector.packet;

import dev.tiaki.engine.packet.Packet;

/** Listens to the events of raw packets. */
@FunctionalInterface
public interface PacketListener {
  /** A packet was received, or is about to leave; the listener may edit or drop it. */
  void packet(Packet packet);
}
