package dev.tiaki.dissector.tcpconnection;

import dev.tiaki.dissector.tcp.TcpPacket;

/** Listens to connections that are about to open. */
@FunctionalInterface
public interface NewConnectionListener {
  /** {@code tcp} opens {@code flow}; dropping either stops both. */
  void newConnection(TcpFlow flow, TcpPacket tcp);
}
