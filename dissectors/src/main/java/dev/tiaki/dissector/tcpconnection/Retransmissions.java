package dev.tiaki.dissector.tcpconnection;

import dev.tiaki.dissector.tcp.TcpLayout;
import dev.tiaki.dissector.tcp.TcpPacket;
import dev.tiaki.engine.flow.Direction;
import dev.tiaki.engine.log.LogSection;
import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.stream.SentBytes;
import dev.tiaki.engine.stream.SequenceNumber;
import dev.tiaki.engine.worker.Counter;
import dev.tiaki.engine.worker.WorkerContext;
import java.util.Arrays;

/**
 * What becomes of a packet all of whose data was delivered before.
 *
 * <p>Where rules see the data, its bytes are not trusted: the packet carries what was sent the
 * first time, edits included. What is not kept any more (the receiver has acknowledged it) becomes
 * an empty segment just below the receiver's window, which it answers with its acknowledgement (RFC
 * 9293 section 3.10.7.4). Haka dropped all of them.
 */
final class Retransmissions {
  private final SegmentSender sender;
  private final LogSection log;
  private final boolean haka;
  private final boolean rewrites;
  private final Counter seen;
  private final Counter conflicts;

  Retransmissions(WorkerContext context, SegmentSender sender) {
    this.sender = sender;
    this.log = context.log().section("tcp");
    this.haka = context.mode().hakaCompatible();
    this.rewrites = context.mode().enforcing() && !haka;
    this.seen = context.counters().counter("tcp.retransmissions", "TCP segments seen again");
    this.conflicts =
        context
            .counters()
            .counter("tcp.retransmissions.rewritten", "TCP retransmissions with other bytes");
  }

  void receive(TcpFlow flow, Direction direction, TcpPacket tcp) {
    seen.increment();
    TcpHalf half = flow.half(direction);
    if (haka && half.stream != null) {
      log.warn("retransmit packet (ignored)");
      tcp.drop(DropReason.RETRANSMISSION);
    } else if (!rewrites || isUnread(flow, half) || tcp.receivedPayloadLength() == 0) {
      sender.forward(flow, direction, tcp);
    } else {
      sendAgain(flow, direction, half, tcp);
    }
  }

  private static boolean isUnread(TcpFlow flow, TcpHalf half) {
    return half.stream == null && !flow.bypassed;
  }

  private void sendAgain(TcpFlow flow, Direction direction, TcpHalf half, TcpPacket tcp) {
    int first = DataPath.firstByte(tcp);
    if (half.pieces > 0 && SequenceNumber.isAtOrAfter(first, half.sent)) {
      // it is still kept back; its sender may wait for an answer before it sends what rules wait
      // for
      if (first != half.sent || !sender.sendFront(flow, direction, tcp)) {
        sender.acknowledgeEarly(flow, direction, tcp);
        tcp.drop(DropReason.RETRANSMISSION);
      }
      return;
    }
    int end = SequenceNumber.min(first + tcp.receivedPayloadLength(), half.sent);
    int from = half.toOutputStart(first);
    int to = half.toOutputEnd(end);
    SentBytes kept = half.sentBytes;
    boolean fin = tcp.has(TcpLayout.FIN) && half.finSent;
    if (kept != null && kept.holds(from, to) && (from != to || fin)) {
      carry(tcp, kept, from, to);
      SegmentSender.moveSequence(tcp, tcp.has(TcpLayout.SYN) ? from - 1 : from);
    } else {
      probe(half, tcp, from, fin);
    }
    if (!fin && tcp.has(TcpLayout.FIN)) {
      tcp.setFlag(TcpLayout.FIN, false);
    }
    sender.acknowledge(flow, direction, tcp);
    SegmentSender.limit(flow.half(direction.opposite()), tcp);
    tcp.send();
  }

  private void carry(TcpPacket tcp, SentBytes kept, int from, int to) {
    byte[] bytes = new byte[to - from];
    kept.copy(from, to, bytes, 0);
    int at = tcp.payloadOffset();
    boolean same =
        tcp.payloadLength() == bytes.length
            && Arrays.equals(tcp.array(), at, at + bytes.length, bytes, 0, bytes.length);
    if (!same) {
      conflicts.increment();
      tcp.setPayload(bytes, 0, bytes.length);
    }
  }

  private void probe(TcpHalf half, TcpPacket tcp, int from, boolean fin) {
    tcp.setPayload(new byte[0], 0, 0);
    int below = half.acknowledged ? half.outputAcknowledged - 1 : from - 1;
    SegmentSender.moveSequence(tcp, fin ? half.outputSent() : below);
  }
}
