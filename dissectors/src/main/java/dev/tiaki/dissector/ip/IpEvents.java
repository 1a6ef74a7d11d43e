package dev.tiaki.dissector.ip;

import dev.tiaki.engine.event.EventPoint;

/**
 * The events of one IP family.
 *
 * @param receivePacket every packet, every fragment included
 * @param receivePacketReassembled every whole datagram, before its transport protocol looks at it
 * @param sendPacket every whole datagram that leaves, once, before it is cut into fragments again
 */
public record IpEvents(
    EventPoint<IpPacketListener> receivePacket,
    EventPoint<IpPacketListener> receivePacketReassembled,
    EventPoint<IpPacketListener> sendPacket) {
  /** Makes the events of the family called {@code name}, without listeners. */
  public IpEvents(String name) {
    this(
        new EventPoint<>(name + ":receive_packet"),
        new EventPoint<>(name + ":receive_packet_reassembled"),
        new EventPoint<>(name + ":send_packet"));
  }
}
