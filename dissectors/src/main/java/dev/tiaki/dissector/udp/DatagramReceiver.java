package dev.tiaki.dissector.udp;

/** A protocol that stands on UDP packets. */
public interface DatagramReceiver {
  /** Returns the name that rules and logs use, such as {@code udp_connection}. */
  String name();

  /** Processes a packet: sends it, or drops it. */
  void receive(UdpPacket udp);
}
