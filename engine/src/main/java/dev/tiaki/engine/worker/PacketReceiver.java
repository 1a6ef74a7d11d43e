package dev.tiaki.engine.worker;

import dev.tiaki.engine.packet.Packet;

/** Takes packets in; what stands at the root of the dissectors. */
@FunctionalInterface
public interface PacketReceiver {
  /**
   * Processes one packet: decides about it, holds it, or leaves it undecided (it is dropped then).
   */
  void receive(Packet packet);
}
