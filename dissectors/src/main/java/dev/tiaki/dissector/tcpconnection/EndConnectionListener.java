package dev.tiaki.dissector.tcpconnection;

/** Listens to connections that end, each once. */
@FunctionalInterface
public interface EndConnectionListener {
  /** {@code flow} has ended, whatever the reason. */
  void endConnection(TcpFlow flow);
}
