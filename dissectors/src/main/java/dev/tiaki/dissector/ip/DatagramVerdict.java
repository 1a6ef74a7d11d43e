package dev.tiaki.dissector.ip;

import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.packet.Packet;
import dev.tiaki.engine.packet.PacketOutput;

/**
 * The verdict about a stand-in, passed on to the datagram that it stands for.
 *
 * @param whole the datagram that was put together from fragments
 */
record DatagramVerdict(IpPacket whole) implements PacketOutput {
  /** The datagram is sent by whoever sends the stand-in. */
  @Override
  public void accepted(Packet packet) {}

  @Override
  public void dropped(Packet packet, DropReason reason) {
    whole.drop(reason);
  }
}
