package dev.tiaki.dissector.packet;

import dev.tiaki.engine.packet.Packet;

/** A protocol that stands directly on the link layer. */
public interface NetworkDissector {
  /** Returns the name that rules and logs use, such as {@code ipv4}. */
  String name();

  /** Processes a packet whose network header is of this protocol: sends, drops or holds it. */
  void receive(Packet packet);

  /** Drops what is still held; called once, when no more packets come. */
  default void finish() {}
}
