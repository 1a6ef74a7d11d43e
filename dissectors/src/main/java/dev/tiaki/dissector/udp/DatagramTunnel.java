package dev.tiaki.dissector.udp;

/** A way into packets that UDP carries whole. */
public interface DatagramTunnel {
  /** Goes into {@code udp} and decides about it; false when it is no tunnel that can be entered. */
  boolean enter(UdpPacket udp);
}
