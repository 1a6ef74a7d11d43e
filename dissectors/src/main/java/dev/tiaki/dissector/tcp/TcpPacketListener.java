package dev.tiaki.dissector.tcp;

/** Listens to an event of a TCP packet; it may read, write or drop it. */
@FunctionalInterface
public interface TcpPacketListener {
  /** The event happened to {@code tcp}, which is valid during the call. */
  void packet(TcpPacket tcp);
}
