package dev.tiaki.dissector.tcpconnection;

import dev.tiaki.dissector.packet.FlowDissectors;
import dev.tiaki.dissector.tcp.TcpLayout;
import dev.tiaki.dissector.tcp.TcpPacket;
import dev.tiaki.engine.flow.FlowKey;

/**
 * Tells which end of a connection is the client when its SYN was not seen. The sender of a SYN that
 * acknowledges is the server. Else ports tell: one below 1024 (RFC 6335 section 6: system ports) or
 * one at which a protocol is expected is a server's. Where both or neither are, whoever was seen
 * first is taken for the client.
 */
final class MidstreamRoles {
  private static final int FIRST_USER_PORT = 1024;

  private final FlowDissectors<?, ?> applications;

  MidstreamRoles(FlowDissectors<?, ?> applications) {
    this.applications = applications;
  }

  /**
   * Returns the key from client to server.
   *
   * @param first the first packet that was seen
   * @param asSent the key from its sender to its receiver
   */
  FlowKey key(TcpPacket first, FlowKey asSent) {
    boolean fromServer =
        first.has(TcpLayout.SYN)
            || (isServerPort(asSent.sourcePort()) && !isServerPort(asSent.destinationPort()));
    return fromServer ? asSent.reversed() : asSent;
  }

  private boolean isServerPort(int port) {
    return port < FIRST_USER_PORT || applications.isExpectedAt(port);
  }
}
