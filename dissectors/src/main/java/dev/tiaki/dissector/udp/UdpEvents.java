package dev.tiaki.dissector.udp;

import dev.tiaki.engine.event.EventPoint;

/**
 * The events of UDP packets.
 *
 * @param receivePacket every packet, before its flow is looked up
 * @param sendPacket every packet that leaves, before its length and checksum are made right
 */
public record UdpEvents(
    EventPoint<UdpPacketListener> receivePacket, EventPoint<UdpPacketListener> sendPacket) {
  /** Makes both events without listeners. */
  public UdpEvents() {
    this(new EventPoint<>("udp:receive_packet"), new EventPoint<>("udp:send_packet"));
  }
}
