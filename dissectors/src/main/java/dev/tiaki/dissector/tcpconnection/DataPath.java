package dev.tiaki.dissector.tcpconnection;

import dev.tiaki.dissector.tcp.TcpLayout;
import dev.tiaki.dissector.tcp.TcpPacket;
import dev.tiaki.engine.buffer.BufferIterator;
import dev.tiaki.engine.buffer.BufferStream;
import dev.tiaki.engine.buffer.Memory;
import dev.tiaki.engine.buffer.VirtualBuffer;
import dev.tiaki.engine.flow.Direction;
import dev.tiaki.engine.packet.DropOrigin;
import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.stream.SequenceNumber;
import dev.tiaki.engine.worker.Counter;
import dev.tiaki.engine.worker.WorkerContext;
import org.jspecify.annotations.Nullable;

/**
 * The way of a segment's data: put in order, shown to observers and rules, sent on.
 *
 * <p>A packet whose data rules see leaves when its data comes out of the stream again. When only
 * observing, packets leave at once and the stream reads their bytes, or a copy where they have to
 * wait. Where nobody reads, only ranges are tracked, so that gaps are known.
 */
final class DataPath {
  private static final DropOrigin BEHIND_END =
      DropOrigin.of("tcp_connection: bytes behind the end of the stream");
  private final TcpConnectionDissector dissector;
  private final ConnectionSignals signals;
  private final SegmentSender sender;
  private final Retransmissions retransmissions;
  private final DisorderedSegments disordered;
  private final boolean haka;
  private final boolean observing;
  private final boolean readOnly;
  private final Counter wouldEdit;
  private final Counter retainedTooMuch;
  private final KeptBytes kept;

  DataPath(
      TcpConnectionDissector dissector, WorkerContext context, TcpConnectionSettings settings) {
    this.dissector = dissector;
    this.signals = dissector.signals();
    this.haka = context.mode().hakaCompatible();
    this.observing = !context.mode().enforcing() && !haka;
    this.readOnly = context.mode().readOnlyBuffers();
    sender = new SegmentSender(context, settings);
    retransmissions = new Retransmissions(context, sender);
    disordered = new DisorderedSegments(this, dissector, context, settings);
    kept = new KeptBytes(settings.maxRetainedBytes());
    retainedTooMuch =
        context.counters().counter("tcp.retainedTooMuch", "streams given up: rules kept too much");
    wouldEdit =
        context.counters().counter("tcp.wouldEdit", "pieces of data that rules would have edited");
  }

  SegmentSender sender() {
    return sender;
  }

  long heldBytes() {
    return disordered.waitingBytes() + sender.heldBytes();
  }

  KeptBytes kept() {
    return kept;
  }

  boolean isObserving() {
    return observing;
  }

  /** Returns the sequence number of the packet's first byte of data: a SYN takes one before it. */
  static int firstByte(TcpPacket tcp) {
    return tcp.has(TcpLayout.SYN) ? tcp.sequence() + 1 : tcp.sequence();
  }

  /** Returns the sequence number behind the data that the packet was received with. */
  static int endOfData(TcpPacket tcp) {
    return firstByte(tcp) + tcp.receivedPayloadLength();
  }

  BufferStream stream(TcpHalf half) {
    BufferStream stream = half.stream;
    if (stream == null) {
      stream = new BufferStream();
      half.stream = stream;
      if (half.finished) {
        stream.finish();
      }
    }
    return stream;
  }

  /** Tells whether somebody reads the data through a stream. */
  boolean isRead(TcpFlow flow, TcpHalf half) {
    return !flow.muted
        && (half.stream != null
            || flow.nextDissector() != null
            || !dissector.events().receiveData().isEmpty()
            || isUndetected(half));
  }

  private boolean isUndetected(TcpHalf half) {
    return !half.detected && !dissector.events().detectProtocol().isEmpty();
  }

  /** Takes a packet of a connection in which data may flow; it leaves when its turn comes. */
  void receive(TcpFlow flow, Direction direction, TcpPacket tcp) {
    TcpHalf half = flow.half(direction);
    int sequence = firstByte(tcp);
    if (!half.started) {
      half.start(sequence);
    }
    int length = tcp.receivedPayloadLength();
    boolean fin = tcp.has(TcpLayout.FIN);
    int ahead = SequenceNumber.distance(half.next, sequence);
    if (flow.bypassed) {
      bypassed(flow, direction, tcp);
    } else if (half.finished) {
      afterEnd(flow, direction, tcp, ahead + length);
    } else if (length == 0 && !fin) {
      bare(flow, direction, tcp, ahead);
    } else if (ahead > 0) {
      disordered.receive(flow, direction, tcp);
    } else if (ahead == 0 || ahead + length > 0 || (ahead + length == 0 && fin)) {
      inOrder(flow, direction, tcp, -ahead);
    } else {
      old(flow, direction, tcp);
    }
  }

  /** What was edited before the rules let go is sent again edited. */
  private void bypassed(TcpFlow flow, Direction direction, TcpPacket tcp) {
    TcpHalf half = flow.half(direction);
    boolean old = SequenceNumber.isBefore(firstByte(tcp), half.sent);
    if (half.map != null && old && tcp.receivedPayloadLength() > 0) {
      retransmissions.receive(flow, direction, tcp);
    } else {
      sender.forward(flow, direction, tcp);
    }
  }

  private void bare(TcpFlow flow, Direction direction, TcpPacket tcp, int ahead) {
    TcpHalf half = flow.half(direction);
    if (!haka || !isRead(flow, half)) {
      sender.forward(flow, direction, tcp);
    } else if (ahead == 0) {
      inOrder(flow, direction, tcp, 0);
    } else if (ahead > 0) {
      disordered.receive(flow, direction, tcp);
    } else {
      retransmissions.receive(flow, direction, tcp);
    }
  }

  /** What comes behind a FIN is not part of the stream (RFC 9293 section 3.10.7.4). */
  private void afterEnd(TcpFlow flow, Direction direction, TcpPacket tcp, int endAhead) {
    TcpHalf half = flow.half(direction);
    boolean hasData = tcp.receivedPayloadLength() > 0;
    boolean hasUnseen = hasData && endAhead > 0;
    if (haka || (!hasData && !tcp.has(TcpLayout.FIN))) {
      sender.forward(flow, direction, tcp);
    } else if (hasUnseen && !observing && isRead(flow, half)) {
      tcp.packet().blame(BEHIND_END);
      tcp.drop(DropReason.POLICY);
    } else {
      retransmissions.receive(flow, direction, tcp);
    }
  }

  private void old(TcpFlow flow, Direction direction, TcpPacket tcp) {
    disordered.replaceDelivered(flow, direction, tcp);
    retransmissions.receive(flow, direction, tcp);
  }

  private void inOrder(TcpFlow flow, Direction direction, TcpPacket tcp, int skip) {
    TcpHalf half = flow.half(direction);
    if (skip > 0) {
      disordered.replaceDelivered(flow, direction, tcp);
    }
    int fresh = tcp.receivedPayloadLength() - skip;
    int at = tcp.payloadOffset() + skip;
    boolean fin = tcp.has(TcpLayout.FIN);
    delivered(flow, direction, tcp.array(), at, fresh, tcp.missingLength());
    if (isRead(flow, half)) {
      push(flow, direction, tcp, skip, fin);
    } else {
      half.finished |= fin;
      sender.forward(flow, direction, tcp);
      disordered.drain(flow, direction);
      half.sent = half.next;
      half.finSent |= fin;
    }
    if (half.finished) {
      disordered.finishObserver(half);
    }
  }

  /** Accounts for bytes that are next, and shows them to the observer. */
  void delivered(
      TcpFlow flow, Direction direction, byte @Nullable [] array, int at, int bytes, int missing) {
    TcpHalf half = flow.half(direction);
    if (bytes > 0 && array != null) {
      disordered.observe(flow, direction, array, at, bytes);
    }
    half.next += bytes;
    half.deliveredBytes += bytes;
    dissector.summary().delivered(bytes);
    if (missing > 0) {
      disordered.skip(flow, direction, missing);
    }
  }

  private void push(TcpFlow flow, Direction direction, TcpPacket tcp, int skip, boolean fin) {
    TcpHalf half = flow.half(direction);
    boolean detecting = half.stream == null && isUndetected(half);
    BufferStream stream = stream(half);
    BufferIterator current = new BufferIterator();
    VirtualBuffer buffer = skip == 0 ? tcp.takePayload() : tcp.payloadFrom(skip);
    if (observing) {
      buffer.setCopyOnWrite();
    }
    stream.push(buffer, observing ? null : tcp, current);
    half.pieces++;
    half.finished |= fin;
    disordered.drain(flow, direction);
    if (half.finished && !stream.isFinished()) {
      stream.finish();
    }
    try {
      signal(flow, direction, current);
    } finally {
      settle(flow, half, tcp);
      if (observing && tcp.isValid()) {
        sender.forward(flow, direction, tcp);
        half.sent = half.next;
      }
      if (detecting) {
        stopDetecting(flow, half);
      }
    }
  }

  /** Sees to it that a packet whose data stays in the stream stays too, or at least its bytes. */
  private void settle(TcpFlow flow, TcpHalf half, TcpPacket tcp) {
    if (kept.isTooMuch(half)) {
      retainedTooMuch.increment();
      dissector.teardown().giveUp(flow, half);
    }
    if (half.pieces == 0 || !tcp.isValid()) {
      return;
    }
    if (observing) {
      tcp.memory().share();
    } else if (flow.canContinue()) {
      tcp.retain();
      tcp.packet().hold();
    }
  }

  /**
   * Pushes a segment that had waited; its packet, if it has one, leaves with its data. Where nobody
   * reads any more it leaves at once.
   */
  void pushWaiting(TcpFlow flow, Direction direction, HeldSegment segment) {
    byte[] array = segment.array();
    TcpHalf half = flow.half(direction);
    TcpPacket packet = segment.packet();
    if (array == null || !isRead(flow, half)) {
      if (packet != null && packet.isValid()) {
        sender.forward(flow, direction, packet);
      }
      return;
    }
    Memory memory = packet == null ? new Memory(array) : packet.memory();
    VirtualBuffer buffer = VirtualBuffer.over(memory, segment.offset(), segment.length());
    if (readOnly) {
      buffer.setReadOnly();
    }
    stream(half).push(buffer, packet, new BufferIterator());
    half.pieces++;
  }

  /** Tells rules that data begins at {@code current}, then sends what they let go. */
  void signal(TcpFlow flow, Direction direction, BufferIterator current) {
    TcpHalf half = flow.half(direction);
    BufferStream stream = stream(half);
    if (!signals.data(flow, stream, current, direction, dissector.current()) || flow.bypassed) {
      return;
    }
    offer(flow, direction, current);
  }

  /** Gives data to the protocol on top, or asks who knows it and sends them. */
  void offer(TcpFlow flow, Direction direction, BufferIterator current) {
    BufferStream stream = stream(flow.half(direction));
    if (flow.nextDissector() == null
        && !signals.beginning(flow, stream, current, direction, dissector.current())) {
      return;
    }
    StreamDissector next = flow.nextDissector();
    if (next != null) {
      next.receive(flow, stream, current, direction);
    } else {
      send(flow, direction);
    }
  }

  /** Nobody knew the protocol: the stream that was made to ask is of no more use. */
  private void stopDetecting(TcpFlow flow, TcpHalf half) {
    BufferStream stream = half.stream;
    if (stream != null
        && stream.isEmpty()
        && flow.nextDissector() == null
        && dissector.events().receiveData().isEmpty()) {
      half.stream = null;
    }
  }

  /** Sends the packets whose data nobody keeps in the stream. */
  void send(TcpFlow flow, Direction direction) {
    TcpHalf half = flow.half(direction);
    BufferStream stream = half.stream;
    while (stream != null && !stream.isEmpty()) {
      TcpPacket tcp = (TcpPacket) stream.nextAttachment();
      VirtualBuffer piece = stream.pop();
      if (piece == null) {
        return;
      }
      half.pieces--;
      if (tcp == null) {
        wouldEdit.add(piece.isModified() ? 1 : 0);
      } else {
        sender.sendPiece(flow, direction, tcp, piece, endOfData(tcp));
      }
      piece.invalidate();
      stream = half.stream;
    }
    if (stream != null && !stream.data().isEmpty() && !haka) {
      sendInserted(flow, direction, stream);
    }
  }

  /** Sends what was inserted where no packet is left to carry it; Haka lost it. */
  private void sendInserted(TcpFlow flow, Direction direction, BufferStream stream) {
    TcpHalf half = flow.half(direction);
    TcpPacket like = dissector.current();
    if (observing || half.finSent) {
      wouldEdit.add(stream.popInserted() == null ? 0 : 1);
    } else if (like != null) {
      VirtualBuffer rest = stream.popInserted();
      boolean reversed = like.sourcePort() != portOf(flow, direction);
      if (rest != null) {
        sender.sendInserted(flow, direction, like, reversed, rest);
      }
    }
  }

  private static int portOf(TcpFlow flow, Direction direction) {
    return direction == Direction.UP ? flow.sourcePort() : flow.destinationPort();
  }

  /**
   * Sends on what waits as it is. What rules still keep back leaves too, unless they have begun to
   * edit it: that is dropped, its sender will send it again, and then it passes.
   */
  void release(TcpFlow flow, Direction direction) {
    TcpHalf half = flow.half(direction);
    BufferStream stream = half.stream;
    if (stream != null && !observing && !stream.isModified()) {
      half.stream = null;
      half.pieces = 0;
      stream.forEachAttachment(held -> forwardKept(flow, direction, (TcpPacket) held));
      stream.clear();
      kept.isTooMuch(half);
    }
    clearStream(half, DropReason.RULE);
    disordered.release(flow, direction);
  }

  private void forwardKept(TcpFlow flow, Direction direction, TcpPacket tcp) {
    if (tcp.isValid()) {
      sender.forward(flow, direction, tcp);
      flow.half(direction).sent = endOfData(tcp);
    }
  }

  /**
   * Says that nothing more comes: what waits is told to observers as gaps and data, then dropped.
   */
  void close(TcpFlow flow, Direction direction, DropReason reason) {
    TcpHalf half = flow.half(direction);
    disordered.giveUp(flow, direction, reason);
    clearStream(half, reason);
    sender.forget(half);
    disordered.finishObserver(half);
  }

  /**
   * The connection has ended: what was read of it is let go, for it may be remembered for minutes.
   * While enforcing the streams stay: they say that what is sent again must be what rules saw.
   */
  void letGo(TcpFlow flow) {
    StreamDissector next = flow.nextDissector();
    if (next != null) {
      flow.setNextDissector(next.remains());
    }
    if (observing) {
      letGo(flow.half(Direction.UP));
      letGo(flow.half(Direction.DOWN));
    }
  }

  private static void letGo(TcpHalf half) {
    BufferStream stream = half.stream;
    if (stream == null || !stream.isFinished() || !stream.isEmpty()) {
      return;
    }
    if (stream.data().isEmpty()) {
      half.stream = null;
    }
  }

  /** Drops the packets whose data is in the stream, and the stream. */
  void clearStream(TcpHalf half, DropReason reason) {
    BufferStream stream = half.stream;
    if (stream == null) {
      return;
    }
    half.stream = null;
    half.pieces = 0;
    stream.forEachAttachment(held -> ((TcpPacket) held).drop(reason));
    stream.clear();
    kept.isTooMuch(half);
  }
}
