package dev.tiaki.dissector.icmp;

/** Listens to the events of ICMP packets. */
@FunctionalInterface
public interface IcmpPacketListener {
  /** A message was received, or is about to leave; the listener may edit or drop it. */
  void packet(IcmpPacket icmp);
}
