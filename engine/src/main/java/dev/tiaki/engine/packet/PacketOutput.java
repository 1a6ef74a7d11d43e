package dev.tiaki.engine.packet;

/** Is told each packet's verdict, exactly once, at the moment it becomes final. */
public interface PacketOutput {
  /** The packet leaves; its frame is valid during the call only. */
  void accepted(Packet packet);

  /** The packet does not leave; its frame is valid during the call only. */
  void dropped(Packet packet, DropReason reason);
}
