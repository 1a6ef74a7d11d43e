package dev.tiaki.dissector.tcpconnection;

import dev.tiaki.dissector.tcp.TcpLayout;
import dev.tiaki.dissector.tcp.TcpPacket;
import dev.tiaki.engine.buffer.BufferIterator;
import dev.tiaki.engine.buffer.BufferStream;
import dev.tiaki.engine.flow.Direction;
import dev.tiaki.engine.packet.DropOrigin;
import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.stream.OverlapPolicy;
import dev.tiaki.engine.stream.QueueResult;
import dev.tiaki.engine.stream.SegmentQueue;
import dev.tiaki.engine.stream.SequenceNumber;
import dev.tiaki.engine.stream.StreamObserver;
import dev.tiaki.engine.worker.Counter;
import dev.tiaki.engine.worker.WorkerContext;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Segments that come before the data in front of them, and gaps that never close.
 *
 * <p>Where rules decide, a packet that would go past a bound is dropped: its sender will send it
 * again. Where they only watch, the missing bytes are skipped and marked instead.
 */
final class DisorderedSegments {
  private static final Map<QueueResult, DropOrigin> BOUNDS = new EnumMap<>(QueueResult.class);

  static {
    for (QueueResult result : QueueResult.values()) {
      String word = result.name().toLowerCase(Locale.ROOT).replace('_', ' ');
      BOUNDS.put(result, DropOrigin.of("limit of disorder: " + word));
    }
  }

  private final DataPath data;
  private final TcpConnectionSettings settings;
  private final EnumMap<QueueResult, Counter> rejections = new EnumMap<>(QueueResult.class);
  private final Counter conflicts;
  private final Counter gaps;
  private final TcpConnectionSummary summary;
  private final TcpConnectionDissector dissector;
  private final boolean haka;
  private final Counter tooMuchInAll;
  private long waitingBytes;

  DisorderedSegments(
      DataPath data,
      TcpConnectionDissector dissector,
      WorkerContext context,
      TcpConnectionSettings settings) {
    this.data = data;
    this.dissector = dissector;
    this.settings = settings;
    this.haka = context.mode().hakaCompatible();
    this.summary = dissector.summary();
    conflicts =
        context.counters().counter("tcp.overlap.conflicts", "bytes that overlapped differently");
    tooMuchInAll =
        context
            .counters()
            .counter("tcp.waiting.TOO_MANY_BYTES_IN_ALL", "segments refused: too many in all");
    gaps = context.counters().counter("tcp.gaps", "gaps that were skipped in TCP streams");
    for (QueueResult result : QueueResult.values()) {
      if (result.isRejection()) {
        String words = result.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        String name = "tcp.waiting." + result.name();
        rejections.put(result, context.counters().counter(name, "segments refused: " + words));
      }
    }
  }

  /** Returns how much memory waiting segments of all connections take. */
  long waitingBytes() {
    return waitingBytes;
  }

  /** Takes a packet that begins behind the next byte. */
  void receive(TcpFlow flow, Direction direction, TcpPacket tcp) {
    TcpHalf half = flow.half(direction);
    boolean read = data.isRead(flow, half);
    if (read && !data.isObserving()) {
      hold(half, tcp);
      return;
    }
    boolean watched = read || observer(flow, direction) != null;
    byte[] copy =
        watched
            ? Arrays.copyOfRange(
                tcp.array(), tcp.payloadOffset(), tcp.payloadOffset() + tcp.payloadLength())
            : null;
    int length = tcp.receivedPayloadLength();
    boolean fin = tcp.has(TcpLayout.FIN);
    HeldSegment segment =
        new HeldSegment(DataPath.firstByte(tcp), copy, 0, length, null, fin, tcp.missingLength());
    QueueResult result = offer(half, segment);
    while (result.isRejection() && result != QueueResult.TOO_FAR && half.isWaiting()) {
      skipToWaiting(flow, direction);
      result = offer(half, segment);
    }
    data.sender().forward(flow, direction, tcp);
    if (half.pieces == 0) {
      half.sent = half.next;
    }
  }

  private void hold(TcpHalf half, TcpPacket tcp) {
    HeldSegment segment =
        new HeldSegment(
            DataPath.firstByte(tcp),
            tcp.array(),
            tcp.payloadOffset(),
            tcp.payloadLength(),
            tcp,
            tcp.has(TcpLayout.FIN),
            tcp.missingLength());
    QueueResult result = offer(half, segment);
    if (result == QueueResult.QUEUED) {
      tcp.retain();
      tcp.packet().hold();
    } else {
      if (result.isRejection()) {
        tcp.packet().blame(BOUNDS.get(result));
      }
      tcp.drop(result.isRejection() ? DropReason.BOUND : DropReason.RETRANSMISSION);
    }
  }

  private QueueResult offer(TcpHalf half, HeldSegment segment) {
    SegmentQueue<HeldSegment> queue = half.queue;
    if (queue == null) {
      queue = new SegmentQueue<>(settings.reassembly(), settings.overlap());
      half.queue = queue;
    }
    if (waitingBytes > settings.maxWaitingBytes()) {
      tooMuchInAll.increment();
      return QueueResult.TOO_MANY_BYTES;
    }
    long before = queue.conflictBytes();
    QueueResult result = queue.offer(segment, half.next);
    waitingBytes += result == QueueResult.QUEUED ? segment.memoryBytes() : 0;
    conflicts.add(queue.conflictBytes() - before);
    half.rewritten |= queue.conflictBytes() != before;
    Counter rejection = rejections.get(result);
    if (rejection != null) {
      rejection.increment();
    }
    for (HeldSegment gone = queue.pollDisplaced(); gone != null; gone = queue.pollDisplaced()) {
      waitingBytes -= gone.memoryBytes();
      TcpPacket packet = gone.packet();
      if (packet != null) {
        packet.drop(DropReason.RETRANSMISSION);
      }
    }
    return result;
  }

  /** Delivers the segments that are next. */
  void drain(TcpFlow flow, Direction direction) {
    TcpHalf half = flow.half(direction);
    SegmentQueue<HeldSegment> queue = half.queue;
    while (queue != null && !half.finished) {
      HeldSegment segment = queue.poll(half.next);
      if (segment == null) {
        break;
      }
      deliver(flow, direction, segment);
      queue = half.queue;
    }
    if (queue != null && queue.isEmpty()) {
      half.queue = null;
    }
  }

  private void deliver(TcpFlow flow, Direction direction, HeldSegment segment) {
    TcpHalf half = flow.half(direction);
    waitingBytes -= segment.memoryBytes();
    TcpPacket packet = segment.packet();
    boolean useless =
        SequenceNumber.isBefore(segment.end(), half.next)
            || (segment.end() == half.next && !segment.isFin());
    if (useless && !(haka && segment.length() == 0)) {
      if (packet != null) {
        packet.drop(DropReason.RETRANSMISSION);
      }
      return;
    }
    if (SequenceNumber.isBefore(segment.sequence(), half.next)) {
      segment.trimFrontTo(half.next);
    }
    if (packet != null && half.rewritten) {
      packet.computeChecksum();
    }
    data.delivered(
        flow, direction, segment.array(), segment.offset(), segment.length(), segment.missing());
    data.pushWaiting(flow, direction, segment);
    half.finished |= segment.isFin();
  }

  /** Skips the bytes before the first waiting segment, and shows what follows to rules. */
  private void skipToWaiting(TcpFlow flow, Direction direction) {
    TcpHalf half = flow.half(direction);
    SegmentQueue<HeldSegment> queue = half.queue;
    HeldSegment first = queue == null ? null : queue.peek();
    if (first == null) {
      return;
    }
    int missing = SequenceNumber.distance(half.next, first.sequence());
    if (missing > 0) {
      skip(flow, direction, missing);
    }
    boolean read = data.isRead(flow, half);
    BufferIterator current = read ? data.stream(half).data().end() : new BufferIterator();
    drain(flow, direction);
    BufferStream stream = half.stream;
    if (read && stream != null && half.pieces > 0) {
      if (half.finished) {
        stream.finish();
      }
      data.signal(flow, direction, current);
    }
    if (half.finished) {
      finishObserver(half);
    }
  }

  /** Marks {@code bytes} bytes as never seen. */
  void skip(TcpFlow flow, Direction direction, int bytes) {
    TcpHalf half = flow.half(direction);
    gaps.increment();
    if (half.gaps == 0) {
      summary.gap(flow);
    }
    StreamObserver watcher = observer(flow, direction);
    if (watcher != null) {
      watcher.gap(half.offset(), bytes);
    }
    half.gaps++;
    half.gapBytes += bytes;
    half.next += bytes;
  }

  /** Gives up waiting: observers get the rest with its gaps, waiting packets are dropped. */
  void giveUp(TcpFlow flow, Direction direction, DropReason reason) {
    TcpHalf half = flow.half(direction);
    SegmentQueue<HeldSegment> queue = half.queue;
    half.queue = null;
    if (queue == null) {
      return;
    }
    for (HeldSegment segment = queue.pollAny(); segment != null; segment = queue.pollAny()) {
      waitingBytes -= segment.memoryBytes();
      int missing = SequenceNumber.distance(half.next, segment.sequence());
      if (missing > 0) {
        skip(flow, direction, missing);
      }
      byte[] array = segment.array();
      if (array != null && missing >= 0) {
        observe(flow, direction, array, segment.offset(), segment.length());
        half.next = segment.end();
        half.deliveredBytes += segment.length();
      }
      TcpPacket packet = segment.packet();
      if (packet != null) {
        packet.drop(reason);
      }
    }
  }

  /** Sends on the packets that wait, in their order, without showing their data to anybody. */
  void release(TcpFlow flow, Direction direction) {
    SegmentQueue<HeldSegment> queue = flow.half(direction).queue;
    flow.half(direction).queue = null;
    HeldSegment segment = queue == null ? null : queue.pollAny();
    while (queue != null && segment != null) {
      waitingBytes -= segment.memoryBytes();
      TcpPacket packet = segment.packet();
      if (packet != null && packet.isValid()) {
        data.sender().forward(flow, direction, packet);
      }
      segment = queue.pollAny();
    }
  }

  void observe(TcpFlow flow, Direction direction, byte[] array, int at, int bytes) {
    StreamObserver watcher = observer(flow, direction);
    if (watcher != null && bytes > 0) {
      watcher.data(flow.half(direction).offset(), array, at, bytes);
    }
  }

  /** Under the policy that the last copy counts, tells the observer about bytes seen before. */
  void replaceDelivered(TcpFlow flow, Direction direction, TcpPacket tcp) {
    TcpHalf half = flow.half(direction);
    StreamObserver watcher = half.observer;
    if (watcher == null || settings.overlap() != OverlapPolicy.LAST) {
      return;
    }
    int before = SequenceNumber.distance(DataPath.firstByte(tcp), half.next);
    int bytes = Math.min(before, tcp.receivedPayloadLength());
    long offset = half.offset() - before;
    if (bytes > 0 && offset >= 0) {
      watcher.replaced(offset, tcp.array(), tcp.payloadOffset(), bytes);
    }
  }

  void finishObserver(TcpHalf half) {
    StreamObserver watcher = half.observer;
    if (watcher != null) {
      half.observer = null;
      watcher.finished();
    }
  }

  private @Nullable StreamObserver observer(TcpFlow flow, Direction direction) {
    TcpHalf half = flow.half(direction);
    if (!half.observerAsked) {
      half.observerAsked = true;
      half.observer = dissector.observers().observe(flow, direction);
    }
    return half.observer;
  }
}
