package dev.tiaki.dissector.ip;

/** Listens to the events of IP packets. */
@FunctionalInterface
public interface IpPacketListener {
  /** A packet was received, reassembled, or is about to leave; the listener may edit or drop it. */
  void packet(IpPacket ip);
}
