package dev.tiaki.dissector.ip;

/** A protocol that stands on IP. */
public interface TransportDissector {
  /** Returns the name that rules and logs use, such as {@code tcp}. */
  String name();

  /**
   * Processes a packet of this protocol: sends it, drops it, or holds it. The view is used again
   * for the next packet unless it is kept with {@link IpPacket#retain}.
   */
  void receive(IpPacket ip);

  /** Drops whatever is still held; called when no more packets come. */
  default void finish() {}
}
