package dev.tiaki.cli.assembly;

import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.packet.Packet;
import dev.tiaki.engine.packet.PacketOutput;

/** Two outputs as one, told in this order. */
record ForkedOutput(PacketOutput first, PacketOutput second) implements PacketOutput {
  @Override
  public void accepted(Packet packet) {
    first.accepted(packet);
    second.accepted(packet);
  }

  @Override
  public void dropped(Packet packet, DropReason reason) {
    first.dropped(packet, reason);
    second.dropped(packet, reason);
  }
}
