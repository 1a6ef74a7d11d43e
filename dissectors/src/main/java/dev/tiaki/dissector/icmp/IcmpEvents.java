package dev.tiaki.dissector.icmp;

import dev.tiaki.engine.event.EventPoint;

/**
 * The events of ICMP packets.
 *
 * @param receivePacket every message, whole
 * @param sendPacket every message that leaves, before its checksum is made right
 */
public record IcmpEvents(
    EventPoint<IcmpPacketListener> receivePacket, EventPoint<IcmpPacketListener> sendPacket) {
  /** Makes both events without listeners. */
  public IcmpEvents() {
    this(new EventPoint<>("icmp:receive_packet"), new EventPoint<>("icmp:send_packet"));
  }
}
