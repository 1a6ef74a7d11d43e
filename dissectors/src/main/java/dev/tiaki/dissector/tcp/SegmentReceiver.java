package dev.tiaki.dissector.tcp;

/** What stands on TCP packets: the connections. */
public interface SegmentReceiver {
  /** Returns the name that rules use, such as {@code tcp_connection}. */
  String name();

  /** Processes a packet: sends it, drops it, or holds it. */
  void receive(TcpPacket tcp);
}
