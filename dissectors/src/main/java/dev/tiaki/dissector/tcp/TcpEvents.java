package dev.tiaki.dissector.tcp;

import dev.tiaki.engine.event.EventPoint;

/** The events of TCP packets, whatever connection they belong to. */
public final class TcpEvents {
  private final EventPoint<TcpPacketListener> receivePacket =
      new EventPoint<>("tcp:receive_packet");
  private final EventPoint<TcpPacketListener> sendPacket = new EventPoint<>("tcp:send_packet");

  TcpEvents() {}

  /** A packet came in and its header was checked. */
  public EventPoint<TcpPacketListener> receivePacket() {
    return receivePacket;
  }

  /** A packet is about to leave. */
  public EventPoint<TcpPacketListener> sendPacket() {
    return sendPacket;
  }
}
