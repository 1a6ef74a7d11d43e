package dev.tiaki.dissector.tcpconnection;

import dev.tiaki.dissector.tcp.TcpLayout;
import dev.tiaki.dissector.tcp.TcpPacket;
import dev.tiaki.engine.flow.Direction;

/**
 * Forges the packets that reset a connection: an RST without ACK, window 0, at the last sequence
 * number that was sent in its direction.
 *
 * <p>An end that has not received all of that answers with a challenge ACK (RFC 5961 section 3.2);
 * where Haka need not be matched a second RST follows at that end's last acknowledgement.
 */
final class ResetForge {
  private final boolean onlyOne;

  ResetForge(boolean hakaCompatible) {
    this.onlyOne = hakaCompatible;
  }

  /** Sends an RST {@code direction}, as if the end there had sent it. */
  void send(TcpFlow flow, Direction direction, TcpPacket like, Direction ofLike) {
    TcpHalf half = flow.half(direction);
    int sequence = half.outputSent();
    send(direction, like, ofLike, sequence);
    if (!onlyOne && half.acknowledged && half.outputAcknowledged != sequence) {
      send(direction, like, ofLike, half.outputAcknowledged);
    }
  }

  private static void send(Direction direction, TcpPacket like, Direction ofLike, int sequence) {
    TcpPacket reset = like.dissector().forge(like, direction != ofLike);
    reset.setSequence(sequence);
    reset.setFlags(TcpLayout.RST);
    reset.send();
  }
}
