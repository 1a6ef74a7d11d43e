package dev.tiaki.dissector.udp;

/** Listens to the events of UDP packets. */
@FunctionalInterface
public interface UdpPacketListener {
  /** A packet was received, or is about to leave; the listener may edit or drop it. */
  void packet(UdpPacket udp);
}
