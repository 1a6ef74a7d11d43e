package dev.tiaki.dissector.packet;

import dev.tiaki.engine.packet.Packet;

/** Finds the network header in a frame. */
@FunctionalInterface
public interface LinkDecoder {
  /**
   * Tells the packet where its network header starts and of which EtherType it is, by {@link
   * Packet#setNetwork}; a frame that is not understood is left alone and has EtherType 0.
   */
  void decode(Packet packet);

  /**
   * Repairs what the link header says about the length of the network packet, which was modified.
   */
  default void repairLengths(Packet packet) {}
}
