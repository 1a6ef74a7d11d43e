package dev.tiaki.engine.stream;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The segments of one direction that wait for data before them, ordered by sequence number.
 *
 * <p>Invariant: the ranges of the waiting segments are disjoint and ascending, and their bytes and
 * holes are within the limits. Where a new segment overlaps waiting ones the policy says whose
 * bytes count; the losing bytes are overwritten, so that whichever segment carries them on, it
 * carries the winner's, and then the later of the two is trimmed.
 *
 * @param <S> what waits
 */
public final class SegmentQueue<S extends Segment> {
  private final ReassemblyLimits limits;
  private final OverlapPolicy policy;
  private @Nullable Segment head;
  private @Nullable Segment tail;
  private @Nullable Segment displaced;
  private int segments;
  private int bytes;
  private long conflictBytes;
  private long overlapBytes;

  /** Makes an empty queue. */
  public SegmentQueue(ReassemblyLimits limits, OverlapPolicy policy) {
    this.limits = limits;
    this.policy = policy;
  }

  /** Tells whether nothing waits. */
  public boolean isEmpty() {
    return head == null;
  }

  /** Returns the number of bytes that wait. */
  public int bytes() {
    return bytes;
  }

  /** Returns the number of segments that wait. */
  public int segments() {
    return segments;
  }

  /** Returns how many bytes came again with another value while they waited. */
  public long conflictBytes() {
    return conflictBytes;
  }

  /** Returns how many bytes came again while they waited. */
  public long overlapBytes() {
    return overlapBytes;
  }

  /** Returns the first waiting segment without taking it, or null. */
  @SuppressWarnings("unchecked")
  public @Nullable S peek() {
    return (S) head;
  }

  /**
   * Returns the number of gaps: before the first segment and between segments that do not touch.
   */
  public int holes() {
    int holes = head == null ? 0 : 1;
    for (Segment s = head; s != null && s.next != null; s = s.next) {
      holes += s.end() == s.next.sequence() ? 0 : 1;
    }
    return holes;
  }

  /**
   * Offers a segment that begins after {@code expected}, the next byte to deliver. Segments that it
   * made superfluous are fetched with {@link #pollDisplaced}.
   */
  public QueueResult offer(S segment, int expected) {
    QueueResult refusal = refusal(segment, expected);
    if (refusal != null) {
      return refusal;
    }
    if (tail == null || SequenceNumber.isAtOrBefore(tail.end(), segment.sequence())) {
      link(tail, segment);
      return QueueResult.QUEUED;
    }
    return insert(segment);
  }

  /** Takes the first segment when it begins at or before {@code expected}; null otherwise. */
  public @Nullable S poll(int expected) {
    return head != null && SequenceNumber.isAtOrBefore(head.sequence(), expected) ? take() : null;
  }

  /** Takes the first segment whatever it waits for, or null when the queue is empty. */
  public @Nullable S pollAny() {
    return head == null ? null : take();
  }

  /** Takes a segment that a later one covered completely; null when there is none. */
  @SuppressWarnings("unchecked")
  public @Nullable S pollDisplaced() {
    Segment first = displaced;
    if (first == null) {
      return null;
    }
    displaced = first.next;
    first.next = null;
    return (S) first;
  }

  private @Nullable QueueResult refusal(S segment, int expected) {
    if (SequenceNumber.distance(expected, segment.sequence()) > limits.maxDistanceBytes()) {
      return QueueResult.TOO_FAR;
    }
    if (bytes + segment.length() > limits.maxBytes()) {
      return QueueResult.TOO_MANY_BYTES;
    }
    if (segments >= limits.maxSegments()) {
      return QueueResult.TOO_MANY_SEGMENTS;
    }
    // the walk over the holes is only needed when there may be that many
    return segments >= limits.maxHoles() && holes() >= limits.maxHoles()
        ? QueueResult.TOO_MANY_HOLES
        : null;
  }

  private QueueResult insert(S segment) {
    Segment before = null;
    Segment at = head;
    while (at != null && SequenceNumber.isAtOrBefore(at.end(), segment.sequence())) {
      before = at;
      at = at.next;
    }
    if (at != null && SequenceNumber.isAtOrBefore(at.sequence(), segment.sequence())) {
      resolve(segment, at);
      if (SequenceNumber.isAtOrBefore(segment.end(), at.end())) {
        return QueueResult.DUPLICATE;
      }
      segment.trimFrontTo(at.end());
      before = at;
      at = at.next;
    }
    while (at != null && SequenceNumber.isBefore(at.sequence(), segment.end())) {
      resolve(segment, at);
      if (SequenceNumber.isAfter(at.end(), segment.end())) {
        bytes -= SequenceNumber.distance(at.sequence(), segment.end());
        at.trimFrontTo(segment.end());
        break;
      }
      at = displace(before, at);
    }
    link(before, segment);
    return QueueResult.QUEUED;
  }

  /** Makes the bytes that two segments share equal, in both. */
  private void resolve(Segment fresh, Segment waiting) {
    int from = SequenceNumber.max(fresh.sequence(), waiting.sequence());
    int length = SequenceNumber.distance(from, SequenceNumber.min(fresh.end(), waiting.end()));
    overlapBytes += Math.max(length, 0);
    byte[] freshBytes = fresh.array();
    byte[] waitingBytes = waiting.array();
    if (length <= 0 || freshBytes == null || waitingBytes == null) {
      return;
    }
    int freshAt = fresh.offset() + SequenceNumber.distance(fresh.sequence(), from);
    int waitingAt = waiting.offset() + SequenceNumber.distance(waiting.sequence(), from);
    int different = 0;
    for (int i = 0; i < length; i++) {
      different += freshBytes[freshAt + i] == waitingBytes[waitingAt + i] ? 0 : 1;
    }
    if (different > 0) {
      conflictBytes += different;
      if (freshWins(fresh, waiting)) {
        System.arraycopy(freshBytes, freshAt, waitingBytes, waitingAt, length);
      } else {
        System.arraycopy(waitingBytes, waitingAt, freshBytes, freshAt, length);
      }
    }
  }

  private boolean freshWins(Segment fresh, Segment waiting) {
    int base = waiting.originalSequence();
    return policy.newWins(
        SequenceNumber.distance(base, fresh.originalSequence()),
        SequenceNumber.distance(base, fresh.end()),
        0,
        SequenceNumber.distance(base, waiting.end()));
  }

  private void link(@Nullable Segment before, Segment segment) {
    segment.next = before == null ? head : before.next;
    if (before == null) {
      head = segment;
    } else {
      before.next = segment;
    }
    if (segment.next == null) {
      tail = segment;
    }
    segments++;
    bytes += segment.length();
  }

  private @Nullable Segment displace(@Nullable Segment before, Segment covered) {
    Segment following = covered.next;
    if (before == null) {
      head = following;
    } else {
      before.next = following;
    }
    if (following == null) {
      tail = before;
    }
    segments--;
    bytes -= covered.length();
    covered.next = displaced;
    displaced = covered;
    return following;
  }

  @SuppressWarnings("unchecked")
  private S take() {
    Segment first = Objects.requireNonNull(head);
    head = first.next;
    if (head == null) {
      tail = null;
    }
    first.next = null;
    segments--;
    bytes -= first.length();
    return (S) first;
  }
}
