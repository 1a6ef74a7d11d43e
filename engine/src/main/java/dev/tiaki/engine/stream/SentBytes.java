package dev.tiaki.engine.stream;

/**
 * What was sent of a stream, kept so that it can be sent again exactly: the last bytes before
 * {@link #end}, in a ring that grows up to its bound. Positions are in the receiver's numbering.
 */
public final class SentBytes {
  private static final int SMALLEST = 1024;
  private static final byte[] NONE = {};

  private final int maxBytes;
  private byte[] ring = NONE;
  private int start;
  private int end;

  /** Makes an empty store that keeps at most {@code maxBytes}, from position {@code origin} on. */
  public SentBytes(int origin, int maxBytes) {
    if (Integer.bitCount(maxBytes) != 1 || maxBytes < SMALLEST) {
      throw new IllegalArgumentException("maxBytes=" + maxBytes);
    }
    this.maxBytes = maxBytes;
    start = origin;
    end = origin;
  }

  /** Returns the first position that is still kept. */
  public int start() {
    return start;
  }

  /** Returns the position behind the last byte sent. */
  public int end() {
    return end;
  }

  /** Returns how much memory the store takes, in bytes. */
  public int memoryBytes() {
    return ring.length;
  }

  /** Keeps {@code length} bytes that were sent behind all others. */
  public void append(byte[] bytes, int offset, int length) {
    int kept = SequenceNumber.distance(start, end);
    if (kept + length > ring.length) {
      grow(kept + length);
    }
    int from = offset + Math.max(0, length - ring.length);
    for (int done = from - offset; done < length; ) {
      int at = (end + done) & (ring.length - 1);
      int run = Math.min(length - done, ring.length - at);
      System.arraycopy(bytes, offset + done, ring, at, run);
      done += run;
    }
    end += length;
    start = SequenceNumber.max(start, end - ring.length);
  }

  /** Notes that the receiver has everything before {@code position}; a part of it is kept still. */
  public void acknowledged(int position, int keptBytes) {
    int first = SequenceNumber.min(position, end) - keptBytes;
    if (SequenceNumber.isAfter(first, start)) {
      start = first;
    }
    if (start == end) {
      ring = NONE;
    }
  }

  /** Tells whether all of {@code [from, to)} is kept. */
  public boolean holds(int from, int to) {
    return SequenceNumber.isAtOrBefore(start, from)
        && SequenceNumber.isAtOrBefore(from, to)
        && SequenceNumber.isAtOrBefore(to, end);
  }

  /** Copies the bytes {@code [from, to)}, which are kept, to {@code target} from {@code at}. */
  public void copy(int from, int to, byte[] target, int at) {
    int length = SequenceNumber.distance(from, to);
    for (int done = 0; done < length; ) {
      int index = (from + done) & (ring.length - 1);
      int run = Math.min(length - done, ring.length - index);
      System.arraycopy(ring, index, target, at + done, run);
      done += run;
    }
  }

  private void grow(int wanted) {
    int capacity = ring.length == 0 ? SMALLEST : ring.length;
    while (capacity < wanted && capacity < maxBytes) {
      capacity *= 2;
    }
    if (capacity == ring.length) {
      return;
    }
    byte[] larger = new byte[capacity];
    byte[] before = ring;
    for (int position = start; position != end; position++) {
      larger[position & (capacity - 1)] = before[position & (before.length - 1)];
    }
    ring = larger;
  }
}
