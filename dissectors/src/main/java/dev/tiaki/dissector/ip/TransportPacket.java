package dev.tiaki.dissector.ip;

/** A packet of a protocol directly on IP that has a checksum of its own. */
public interface TransportPacket {
  /** Returns the IP packet that carries it. */
  IpPacket ip();

  /** Lets it leave; the view must not be used afterwards. */
  void send();

  /**
   * Has a forged packet received as if it had been captured.
   *
   * @throws IllegalStateException {@code operation not supported} unless it is forged and undecided
   */
  void inject();

  /** Tells whether the checksum is right. */
  boolean verifyChecksum();

  /** Makes the checksum right. */
  void computeChecksum();
}
