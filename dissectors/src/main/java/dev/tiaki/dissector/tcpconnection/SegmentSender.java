package dev.tiaki.dissector.tcpconnection;

import dev.tiaki.dissector.tcp.TcpLayout;
import dev.tiaki.dissector.tcp.TcpOption;
import dev.tiaki.dissector.tcp.TcpOptions;
import dev.tiaki.dissector.tcp.TcpPacket;
import dev.tiaki.engine.buffer.BufferStream;
import dev.tiaki.engine.buffer.VirtualBuffer;
import dev.tiaki.engine.flow.Direction;
import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.stream.SentBytes;
import dev.tiaki.engine.stream.SequenceMap;
import dev.tiaki.engine.stream.SequenceNumber;
import dev.tiaki.engine.worker.Counter;
import dev.tiaki.engine.worker.WorkerContext;

/**
 * Lets packets of a connection leave with the numbers that their receivers know: sequence numbers
 * moved by the edits of their own direction, acknowledgements and SACK blocks moved back by those
 * of the other one. Headers are written only where a number changes.
 */
final class SegmentSender {
  private final TcpConnectionSettings settings;
  private final WorkerContext context;
  private final boolean haka;
  private final SentStore store;
  private final Counter earlyAcknowledgments;

  SegmentSender(WorkerContext context, TcpConnectionSettings settings) {
    this.settings = settings;
    this.context = context;
    this.haka = context.mode().hakaCompatible();
    this.store = new SentStore(context, settings);
    this.earlyAcknowledgments =
        context
            .counters()
            .counter(
                "tcp.acknowledgedEarly", "times that kept data was acknowledged for its receiver");
  }

  /** Returns how much memory takes what was sent. */
  long heldBytes() {
    return store.memoryBytes();
  }

  /** Sends a packet whose data, if any, no rule saw; its number may need to be moved. */
  void forward(TcpFlow flow, Direction direction, TcpPacket tcp) {
    TcpHalf half = flow.half(direction);
    int sequence = tcp.sequence();
    if (half.map != null || half.pieces > 0) {
      moveSequence(tcp, outputOf(half, sequence));
    }
    acknowledge(flow, direction, tcp);
    limit(flow.half(direction.opposite()), tcp);
    tcp.send();
  }

  static void limit(TcpHalf receiver, TcpPacket tcp) {
    if (receiver.maxSegmentBytes > 0) {
      tcp.setMaxSegmentBytes(receiver.maxSegmentBytes);
    }
  }

  private int outputOf(TcpHalf half, int sequence) {
    SequenceMap map = half.map;
    if (haka) {
      return map == null ? sequence : sequence + map.delta();
    }
    boolean unsent = half.pieces > 0 && SequenceNumber.isAfter(sequence, half.sent);
    return half.toOutputEnd(unsent ? half.sent : sequence);
  }

  static void moveSequence(TcpPacket tcp, int sequence) {
    if (tcp.sequence() != sequence) {
      tcp.setSequence(sequence);
    }
  }

  /** Rewrites what the packet says about the other direction. */
  void acknowledge(TcpFlow flow, Direction direction, TcpPacket tcp) {
    TcpHalf other = flow.half(direction.opposite());
    SequenceMap map = other.map;
    if (map == null && other.early != null && tcp.has(TcpLayout.ACK)) {
      raise(tcp, EarlyAcknowledgment.atLeast(other, tcp.acknowledgment()));
    }
    if (map != null && tcp.has(TcpLayout.ACK)) {
      int output = tcp.acknowledgment();
      int original = haka ? map.toOriginalLoosely(output) : toOriginal(map, other, output);
      raise(tcp, EarlyAcknowledgment.atLeast(other, original));
      if (!haka && tcp.options().has(TcpOption.SACK)) {
        moveSackBlocks(tcp.options(), map);
      }
    }
  }

  private static void raise(TcpPacket tcp, int acknowledgment) {
    if (tcp.acknowledgment() != acknowledgment) {
      tcp.setAcknowledgment(acknowledgment);
    }
  }

  /**
   * What was inserted behind the last byte has no byte of its own that the sender could send again:
   * the byte before it stays unacknowledged until the receiver has the insertion.
   */
  private static int toOriginal(SequenceMap map, TcpHalf other, int output) {
    int original = map.toOriginal(output);
    boolean tail =
        map.endsWithUnseenInsertion(output) && map.lastEditEnd() == other.sent && !other.finSent;
    return tail && original == other.sent ? original - 1 : original;
  }

  private static void moveSackBlocks(TcpOptions options, SequenceMap map) {
    boolean useless = false;
    for (int i = 0; i < options.sackBlocks(); i++) {
      int left = map.toOriginalRoundedUp(options.sackLeft(i));
      int right = map.toOriginal(options.sackRight(i));
      if (left != options.sackLeft(i) || right != options.sackRight(i)) {
        options.setSackBlock(i, left, right);
      }
      useless |= !SequenceNumber.isBefore(left, right);
    }
    if (useless) {
      // a block that came to nothing makes the option misleading; SACK is advisory, RFC 2018
      options.blank(TcpOption.SACK);
    }
  }

  /** Notes what the packet acknowledges; everything behind it may be needed again. */
  void note(TcpHalf other, TcpPacket tcp, int windowShift) {
    int acknowledgment = tcp.acknowledgment();
    other.receiverSaid(acknowledgment, tcp.window() << windowShift);
    other.lastWindow = tcp.window();
    SequenceMap map = other.map;
    if (map != null) {
      map.acknowledged(acknowledgment);
    }
    store.acknowledged(other, acknowledgment);
  }

  /**
   * Sends the packet {@code tcp}, whose data comes out of its stream as {@code piece}: the bytes
   * from {@link TcpHalf#sent} on.
   *
   * @param end the sequence number behind the data that the packet came with
   */
  void sendPiece(TcpFlow flow, Direction direction, TcpPacket tcp, VirtualBuffer piece, int end) {
    TcpHalf half = flow.half(direction);
    int start = half.sent;
    int first = DataPath.firstByte(tcp);
    int originalBytes = SequenceNumber.distance(start, end);
    int output = half.outputSent();
    boolean edited = piece.isModified();
    if (edited) {
      new EditRecorder(half, settings.maxEdits(), haka).record(tcp, start, originalBytes, piece);
    }
    half.sent = end + tcp.missingLength();
    if (!tcp.isValid()) {
      return;
    }
    if (originalBytes > 0 && piece.isEmpty() && (haka || isPlain(tcp))) {
      tcp.drop(DropReason.EMPTIED);
      return;
    }
    boolean trimmed = first != start;
    if (trimmed) {
      int before = keptBefore(half, first, start, output);
      tcp.setPayload(withKept(half, before, output, piece), 0, output - before + piece.size());
      output = before;
    } else if (edited) {
      tcp.setPayload(piece);
    }
    keepSent(half, tcp, trimmed ? piece.size() : tcp.payloadLength());
    half.finSent |= tcp.has(TcpLayout.FIN);
    if (edited && !haka && tcp.has(TcpLayout.URG)) {
      moveUrgentPointer(half, tcp, first, output);
    }
    moveSequence(tcp, tcp.has(TcpLayout.SYN) ? output - 1 : output);
    acknowledge(flow, direction, tcp);
    limit(flow.half(direction.opposite()), tcp);
    tcp.send();
    EarlyAcknowledgment early = half.early;
    if (early != null) {
      early.sent(context.time().nanos());
    }
  }

  /**
   * Sends, in the packet {@code carrier}, the bytes of the oldest piece that stand before those
   * that rules keep back.
   *
   * @return whether there are any
   */
  boolean sendFront(TcpFlow flow, Direction direction, TcpPacket carrier) {
    TcpHalf half = flow.half(direction);
    BufferStream stream = half.stream;
    TcpPacket held = stream == null ? null : (TcpPacket) stream.nextAttachment();
    int at = stream == null || held == null || !held.isValid() ? -1 : stream.keptFrom(held.array());
    if (stream == null || held == null || at < 0) {
      return false;
    }
    int start = half.sent;
    int end = DataPath.firstByte(held) + (at - held.payloadOffset());
    int output = half.outputSent();
    if (!SequenceNumber.isAfter(end, start)) {
      return false;
    }
    VirtualBuffer front = stream.popFront();
    if (front.isModified()) {
      new EditRecorder(half, settings.maxEdits(), haka).record(held, start, end - start, front);
    }
    half.sent = end;
    carrier.setPayload(front);
    front.invalidate();
    keepSent(half, carrier, carrier.payloadLength());
    if (carrier.has(TcpLayout.FIN)) {
      carrier.setFlag(TcpLayout.FIN, false);
    }
    moveSequence(carrier, output);
    acknowledge(flow, direction, carrier);
    limit(flow.half(direction.opposite()), carrier);
    carrier.send();
    return true;
  }

  /** The pointer says how far behind the packet's number the urgent data ends, RFC 9293 3.8.5. */
  private static void moveUrgentPointer(TcpHalf half, TcpPacket tcp, int first, int output) {
    int pointer = half.toOutputEnd(first + tcp.urgentPointer()) - output;
    tcp.setUrgentPointer(Math.clamp(pointer, 0, 0xffff));
  }

  private static boolean isPlain(TcpPacket tcp) {
    return (tcp.flags() & (TcpLayout.SYN | TcpLayout.FIN)) == 0;
  }

  /** Returns from where on the old bytes in front of new ones can be sent again as they were. */
  private static int keptBefore(TcpHalf half, int first, int start, int output) {
    SentBytes kept = half.sentBytes;
    int from = half.toOutputStart(first);
    boolean old = SequenceNumber.isBefore(first, start);
    return kept != null && old && kept.holds(from, output) ? from : output;
  }

  private static byte[] withKept(TcpHalf half, int from, int to, VirtualBuffer piece) {
    byte[] bytes = new byte[to - from + piece.size()];
    SentBytes kept = half.sentBytes;
    if (kept != null && from != to) {
      kept.copy(from, to, bytes, 0);
    }
    piece.copyTo(bytes, to - from);
    return bytes;
  }

  /** Remembers the last {@code bytes} of the packet's payload, which are new to the receiver. */
  private void keepSent(TcpHalf half, TcpPacket tcp, int bytes) {
    int at = tcp.payloadOffset() + tcp.payloadLength() - bytes;
    store.keep(half, tcp.array(), at, bytes);
  }

  /** Acknowledges to the sender of {@code tcp} what rules keep back from its receiver. */
  void acknowledgeEarly(TcpFlow flow, Direction direction, TcpPacket tcp) {
    earlyAcknowledgments.increment();
    EarlyAcknowledgment.send(flow, direction, tcp, context.timers());
  }

  /** Keeps nothing of what was sent this way. */
  void forget(TcpHalf half) {
    EarlyAcknowledgment early = half.early;
    if (early != null) {
      early.cancel();
    }
    store.forget(half);
  }

  /**
   * Sends bytes that rules inserted after the last packet, in a packet that carries nothing else.
   */
  void sendInserted(
      TcpFlow flow, Direction direction, TcpPacket like, boolean reversed, VirtualBuffer rest) {
    TcpHalf half = flow.half(direction);
    TcpHalf other = flow.half(direction.opposite());
    int output = half.outputSent();
    byte[] bytes = rest.toByteArray();
    EditRecorder.mapOf(half, settings.maxEdits()).addEdit(half.sent, 0, bytes.length);
    TcpPacket tcp = like.dissector().forge(like, reversed);
    tcp.setSequence(output);
    tcp.setFlags(TcpLayout.ACK | TcpLayout.PSH);
    tcp.setAcknowledgment(other.sent);
    tcp.setWindow(reversed ? 0xffff : like.window());
    tcp.setPayload(bytes, 0, bytes.length);
    store.keep(half, bytes, 0, bytes.length);
    limit(other, tcp);
    tcp.send();
  }
}
