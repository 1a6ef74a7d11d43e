package dev.tiaki.dissector.tcpconnection;

import dev.tiaki.dissector.tcp.TcpPacket;
import dev.tiaki.engine.flow.Direction;

/** Listens to the packets of known connections. */
@FunctionalInterface
public interface ReceivePacketListener {
  /** {@code tcp} of {@code flow} came in, in any order. */
  void receivePacket(TcpFlow flow, TcpPacket tcp, Direction direction);
}
