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
  /** Makes both events of the protocol {@code name} without listeners. */
  public IcmpEvents(String name) {
    this(new EventPoint<>(name + ":receive_packet"), new EventPoint<>(name + ":send_packet"));
  }
}
