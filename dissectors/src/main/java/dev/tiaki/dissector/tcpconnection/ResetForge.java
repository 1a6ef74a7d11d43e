package dev.tiaki.dissector.tcpconnection;

import dev.tiaki.dissector.tcp.TcpLayout;
import dev.tiaki.dissector.tcp.TcpPacket;
import dev.tiaki.engine.flow.Direction;
import org.jspecify.annotations.Nullable;

/**
 * Forges the packets that reset a connection: an RST without ACK, window 0, at the last sequence
 * number that was sent in its direction.
 *
 * <p>An end that has not received all of that answers with a challenge ACK (RFC 5961 section 3.2);
 * where Haka need not be matched a second RST follows at that end's last acknowledgement.
 */
final class ResetForge {
  private final boolean onlyOne;
  private @Nullable TcpPacket template4;
  private @Nullable TcpPacket template6;

  ResetForge(boolean hakaCompatible) {
    this.onlyOne = hakaCompatible;
  }

  /** Keeps a blank packet of each family, for what is to be sent while no packet is processed. */
  void keepTemplate(TcpPacket tcp) {
    if (tcp.ip().isIpv6()) {
      template6 = template6 == null ? tcp.dissector().forge(tcp, false) : template6;
    } else {
      template4 = template4 == null ? tcp.dissector().forge(tcp, false) : template4;
    }
  }

  /**
   * Sends an RST to the responder of {@code flow}, and to its initiator if {@code both}.
   *
   * @param current the packet that is being processed, or null
   */
  void send(TcpFlow flow, boolean both, @Nullable TcpPacket current) {
    boolean ipv6 = flow.key().ipv6();
    TcpPacket like = ipv6 ? template6 : template4;
    if (current != null && current.ip().isIpv6() == ipv6) {
      like = current;
    }
    if (like == null) {
      return;
    }
    if (both) {
      send(flow, Direction.DOWN, like);
    }
    send(flow, Direction.UP, like);
  }

  private void send(TcpFlow flow, Direction direction, TcpPacket like) {
    TcpHalf half = flow.half(direction);
    int sequence = half.outputSent();
    send(flow, direction, like, sequence);
    if (!onlyOne && half.acknowledged && half.outputAcknowledged != sequence) {
      send(flow, direction, like, half.outputAcknowledged);
    }
  }

  /** {@code like} may be of another connection: it only lends its link header and its family. */
  private static void send(TcpFlow flow, Direction direction, TcpPacket like, int sequence) {
    boolean up = direction == Direction.UP;
    boolean isFromSource =
        like.sourcePort() == flow.sourcePort() && like.ip().source().equals(flow.sourceAddress());
    TcpPacket reset = like.dissector().forge(like, up != isFromSource);
    reset.ip().setSource(up ? flow.sourceAddress() : flow.destinationAddress());
    reset.ip().setDestination(up ? flow.destinationAddress() : flow.sourceAddress());
    reset.setSourcePort(up ? flow.sourcePort() : flow.destinationPort());
    reset.setDestinationPort(up ? flow.destinationPort() : flow.sourcePort());
    reset.setSequence(sequence);
    reset.setFlags(TcpLayout.RST);
    reset.send();
  }
}
