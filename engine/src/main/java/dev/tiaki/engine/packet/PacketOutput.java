package dev.tiaki.engine.packet;

/** Is told each packet's final verdict, exactly once, at the moment it is given. */
public interface PacketOutput {
  /** The packet leaves; its frame is valid during the call only. */
  void accepted(Packet packet);

  /** The packet was put aside by a queue that will decide about it later. */
  default void held(Packet packet) {}

  /** The packet does not leave; its frame is valid during the call only. */
  void dropped(Packet packet, DropReason reason);
}
