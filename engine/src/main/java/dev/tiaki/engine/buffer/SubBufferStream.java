package dev.tiaki.engine.buffer;

import org.jspecify.annotations.Nullable;

/**
 * A stream fed with ranges of another buffer, whose bytes go back to their places when popped.
 *
 * <p>While a range is in this stream its own buffer holds an open selection, so that a stream that
 * it belongs to keeps the piece.
 */
public final class SubBufferStream {
  private final BufferStream stream = new BufferStream();
  private boolean modified;
  private long growth;

  /** Returns everything in the stream as one buffer. */
  public VirtualBuffer data() {
    return stream.data();
  }

  /** Returns the stream that the bytes are in. */
  public BufferStream stream() {
    return stream;
  }

  /**
   * Takes the bytes of {@code range} out of their buffer to the end of the stream and returns an
   * iterator at their beginning; null for null.
   */
  public @Nullable BufferIterator push(@Nullable SubBuffer range) {
    if (range == null) {
      return null;
    }
    if (stream.isFinished()) {
      throw BufferException.streamFinished();
    }
    return push(range.select());
  }

  private BufferIterator push(Selection selection) {
    BufferIterator current = new BufferIterator();
    stream.push(selection.data(), selection.reference(), current);
    return current;
  }

  /**
   * Says that no more data will come, and that the stream ends at {@code at} in the buffer that the
   * ranges were taken from. An empty last piece stands there until it is popped: it gives what is
   * inserted at the end a place, although everything before may have left. {@code at} is moved
   * behind it, and stays behind what becomes of it.
   *
   * @return an iterator at the end of the stream, before what will be inserted there
   */
  public BufferIterator finish(BufferIterator at) {
    Selection place = at.sub(0, true).select();
    BufferIterator end = push(place);
    stream.finish();
    long meter = at.meter();
    at.moveTo(place.reference());
    at.setMeter(meter);
    return end;
  }

  /** Says that no more data will come. */
  public void finish() {
    stream.finish();
  }

  /** Tells whether {@link #finish} was called. */
  public boolean isFinished() {
    return stream.isFinished();
  }

  /** Tells whether a piece was put back with other bytes than it came with. */
  public boolean isModified() {
    return modified;
  }

  /**
   * Returns how many bytes more were put back than were taken out by the pieces concerned; less
   * than 0 when there were fewer.
   */
  public long growth() {
    return growth;
  }

  /**
   * Puts all pieces that no mark keeps back to their places, as they are now, and returns the range
   * from the first of them to the last; null when there is none.
   */
  public @Nullable SubBuffer pop() {
    BufferIterator begin = null;
    BufferIterator end = null;
    while (stream.nextAttachment() instanceof BufferIterator place) {
      VirtualBuffer piece = stream.pop();
      if (piece == null) {
        break;
      }
      if (begin == null) {
        Chunk before = place.chunk().prev;
        begin = new BufferIterator(place.buffer(), before, before.length);
      }
      note(piece, place);
      place.restore(piece, false);
      end = place;
    }
    return begin == null || end == null ? null : SubBuffer.between(begin, end);
  }

  private void note(VirtualBuffer piece, BufferIterator place) {
    modified |= piece.isModified();
    if (place.chunk() instanceof SelectionPlace selected) {
      growth += piece.size() - selected.taken;
    }
  }

  /** Ends the stream; what was never popped is gone from its buffer. */
  public void clear() {
    while (stream.nextAttachment() instanceof BufferIterator place) {
      if (place.isValid()) {
        place.abandon();
      }
      stream.discard();
    }
    stream.clear();
  }
}
