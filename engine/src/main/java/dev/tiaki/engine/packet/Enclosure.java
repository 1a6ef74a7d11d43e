package dev.tiaki.engine.packet;

/** What a packet of a tunnel was found in, and its way out through it. */
public interface Enclosure {
  /** Takes a packet that leaves back to the outer packet, which is sent. */
  void leave(Packet packet);

  /** Returns which virtual network the packet is of: the same number for both directions. */
  long network();

  /**
   * Makes the same for a forged packet whose frame begins with a copy of the same headers.
   *
   * @param reversed whether it goes the other way
   */
  Enclosure copyFor(Packet forged, boolean reversed);
}
