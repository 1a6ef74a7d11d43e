package dev.tiaki.engine.stream;

import org.jspecify.annotations.Nullable;

/**
 * A piece of a stream that waits for the data before it: {@code length} bytes whose first has the
 * sequence number {@code sequence}. Whoever queues more than the bytes (a packet) extends it.
 *
 * <p>A segment without an array only marks that its range was seen.
 */
public class Segment {
  private final int originalSequence;
  private final byte @Nullable [] array;
  private int offset;
  private int sequence;
  private int length;
  @Nullable Segment next;

  /**
   * Makes a segment over {@code array}, which is neither copied nor read beyond the range.
   *
   * @param sequence the sequence number of the first byte
   * @param array where the bytes are, or null when only the range counts
   * @param offset the index of the first byte
   * @param length the number of bytes, 0 for a segment that only marks the end of a stream
   */
  public Segment(int sequence, byte @Nullable [] array, int offset, int length) {
    this.originalSequence = sequence;
    this.sequence = sequence;
    this.array = array;
    this.offset = offset;
    this.length = length;
  }

  /** Returns the sequence number of the first byte that still counts. */
  public final int sequence() {
    return sequence;
  }

  /** Returns the sequence number after the last byte. */
  public final int end() {
    return SequenceNumber.add(sequence, length);
  }

  /** Returns the number of bytes that still count. */
  public final int length() {
    return length;
  }

  /** Returns where the bytes are, or null when only the range counts. */
  public final byte @Nullable [] array() {
    return array;
  }

  /** Returns the index of the first byte that still counts. */
  public final int offset() {
    return offset;
  }

  /** Gives up the bytes before {@code newSequence}, which lies within the segment. */
  public final void trimFrontTo(int newSequence) {
    int bytes = SequenceNumber.distance(sequence, newSequence);
    if (bytes < 0 || bytes > length) {
      throw new IllegalArgumentException("bytes=" + bytes + ", length=" + length);
    }
    sequence = newSequence;
    offset += bytes;
    length -= bytes;
  }

  final int originalSequence() {
    return originalSequence;
  }
}
