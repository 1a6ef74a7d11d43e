package dev.tiaki.dissector.packet;

import dev.tiaki.engine.event.EventPoint;

/**
 * The events of raw packets.
 *
 * @param receivePacket every frame, before its network protocol looks at it
 * @param sendPacket every frame that leaves, as it leaves
 */
public record PacketEvents(
    EventPoint<PacketListener> receivePacket, EventPoint<PacketListener> sendPacket) {
  /** Makes both events without listeners. */
  public PacketEvents() {
    this(new EventPoint<>("packet:receive_packet"), new EventPoint<>("packet:send_packet"));
  }
}
