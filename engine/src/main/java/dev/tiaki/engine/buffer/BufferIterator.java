package dev.tiaki.engine.buffer;

import org.jspecify.annotations.Nullable;

/**
 * A position in a buffer, between two bytes.
 *
 * <p>It stays where it is whatever happens elsewhere. Data that something else inserts exactly here
 * comes after it; data that it inserts itself comes before it. When the bytes on both sides are
 * erased in one go, the position is gone, and every use raises {@code invalid buffer iterator}; at
 * the edge of an erased range it stays valid. When the bytes move to another buffer, it follows.
 */
public final class BufferIterator {
  private @Nullable VirtualBuffer buffer;
  private @Nullable Chunk chunk;
  private int offset;
  private long meter;

  /** Makes an iterator that stands nowhere; its use raises {@code empty iterator}. */
  public BufferIterator() {}

  BufferIterator(VirtualBuffer buffer, Chunk chunk, int offset) {
    this.buffer = buffer;
    this.chunk = chunk;
    this.offset = offset;
  }

  void place(VirtualBuffer where, Chunk at, int index) {
    buffer = where;
    chunk = at;
    offset = index;
  }

  /** Returns another iterator at the same position with the same meter. */
  public BufferIterator copy() {
    BufferIterator copy = new BufferIterator();
    copy.moveTo(this);
    return copy;
  }

  /** Takes the position and the meter of {@code other}. */
  public void moveTo(BufferIterator other) {
    buffer = other.buffer;
    chunk = other.chunk;
    offset = other.offset;
    meter = other.meter;
  }

  /** Makes the iterator stand nowhere. */
  public void clear() {
    buffer = null;
    chunk = null;
    offset = 0;
  }

  /** Tells whether the position can still be used. */
  public boolean isValid() {
    try {
      chunk();
      return true;
    } catch (BufferException e) {
      return false;
    }
  }

  /** Tells whether the position was in a stream that was given up: nothing of it can be read. */
  public boolean isInClearedStream() {
    VirtualBuffer where = buffer;
    return where != null && where.isClearedStream();
  }

  /** Returns the buffer that the position is in now. */
  public VirtualBuffer buffer() {
    chunk();
    VirtualBuffer where = buffer;
    if (where == null) {
      throw BufferException.emptyIterator();
    }
    return where;
  }

  /** Returns the chunk that the position is in now; {@link #offset} fits to it afterwards. */
  Chunk chunk() {
    Chunk at = chunk;
    if (at == null) {
      throw BufferException.emptyIterator();
    }
    if (at.owner == buffer && offset <= at.length) {
      return at;
    }
    return settle(at);
  }

  /** Returns the offset in {@link #chunk}, to be asked after it. */
  int offset() {
    return offset;
  }

  /** Finds where the position went; see {@link Chunk} for the word that chunks leave. */
  private Chunk settle(Chunk from) {
    Chunk at = from;
    int index = offset;
    while (index > at.length || at.owner != buffer) {
      if (index > at.length) {
        index -= at.length;
        at = orInvalid(at.tail);
      } else if (at.stay != null && index == at.length && staysBehind(at, at.stay)) {
        at = at.stay;
        index = 0;
      } else if (at.owner != null) {
        buffer = at.owner;
      } else if (at.has(Chunk.MOVED)) {
        index += at.offset;
        at = at.next;
      } else if (index == at.length && at.next != at) {
        index = at.offset;
        at = at.next;
      } else {
        throw BufferException.invalidIterator();
      }
    }
    chunk = at;
    offset = index;
    return at;
  }

  private boolean staysBehind(Chunk gone, Chunk place) {
    return gone.has(Chunk.END_STAYS) || place.owner == buffer;
  }

  private static Chunk orInvalid(@Nullable Chunk chunk) {
    if (chunk == null) {
      throw BufferException.invalidIterator();
    }
    return chunk;
  }

  /** Moves to right before the next byte, which there must be: after marks and piece ends. */
  void skipControls() {
    Chunk at = chunk();
    if (offset == at.length) {
      while (at.next.isControl()) {
        at = at.next;
      }
      chunk = at;
      offset = at.length;
    }
  }

  /** Returns the counter of the bytes that this iterator passed. */
  public long meter() {
    return meter;
  }

  /** Sets the counter of the bytes that this iterator passed. */
  public void setMeter(long value) {
    meter = value;
  }

  /** Moves forward by at most {@code count} bytes and returns by how many. */
  public int advance(long count) {
    Chunk at = chunk();
    int room = at.length - offset;
    if (count <= room) {
      int step = (int) Math.max(0, count);
      offset += step;
      meter += step;
      return step;
    }
    return advanceFrom(at, room, count);
  }

  private int advanceFrom(Chunk start, int room, long count) {
    Chunk at = start;
    Chunk head = buffer().head();
    Chunk last = start;
    int lastOffset = start.length;
    long passed = room;
    while (passed < count && (at = at.next) != head) {
      if (!at.isControl()) {
        last = at;
        lastOffset = (int) Math.min(at.length, count - passed);
        passed += lastOffset;
      }
    }
    chunk = last;
    offset = lastOffset;
    meter += passed;
    return (int) passed;
  }

  /** Moves to the end of what is there and returns by how many bytes. */
  public int advanceAll() {
    return advance(Integer.MAX_VALUE);
  }

  /** Returns the byte after the position and moves past it, or -1 at the end. */
  public int read() {
    Chunk at = chunk();
    if (offset == at.length) {
      if (advance(1) == 0) {
        return -1;
      }
      return orInvalid(chunk).get(offset - 1);
    }
    meter++;
    return at.get(offset++);
  }

  /** Returns the number of bytes from here to the end of what is there. */
  public long available() {
    return available(Long.MAX_VALUE);
  }

  /** Returns the number of bytes from here on, looking no further than {@code enough} of them. */
  public long available(long enough) {
    Chunk at = chunk();
    long count = (long) at.length - offset;
    Chunk head = buffer().head();
    while (count < enough && (at = at.next) != head) {
      count += at.length;
    }
    return Math.min(count, enough);
  }

  /** Tells whether at least {@code count} bytes follow. */
  public boolean checkAvailable(long count) {
    return available(Math.max(0, count)) >= count;
  }

  /** Tells whether nothing follows and nothing can: at the end of a buffer or finished stream. */
  public boolean isEof() {
    return available(1) == 0 && buffer().finished;
  }

  /**
   * Returns the range of the next {@code count} bytes, or of what there is, and moves after it.
   *
   * @param split whether to cut the chunk at the end of the range
   */
  public SubBuffer sub(long count, boolean split) {
    BufferIterator from = copy();
    int size = advance(count);
    if (split) {
      split();
    }
    return SubBuffer.owning(from, size);
  }

  /** Returns the range of everything that is there and moves after it; null at the end. */
  public @Nullable SubBuffer subAvailable(boolean split) {
    return available(1) == 0 ? null : subAll(split);
  }

  /** Returns the range of everything that is there, perhaps empty, and moves after it. */
  public SubBuffer subAll(boolean split) {
    return sub(Integer.MAX_VALUE, split);
  }

  /** Returns the range of everything that is there, null when nothing is, and stays here. */
  public @Nullable SubBuffer peekAvailable() {
    long size = available();
    return size == 0 ? null : SubBuffer.owning(copy(), size);
  }

  /** Cuts the chunk at the position. */
  public void split() {
    Chunk at = chunk();
    if (offset > 0 && offset < at.length) {
      at.cut(offset);
    }
  }

  /**
   * Moves all bytes of {@code data}, which becomes empty, to just before the position.
   *
   * @return the range of the inserted bytes
   * @throws BufferException {@code circular buffer insertion} when this is a position in {@code
   *     data}, {@code read only buffer} when nothing may be inserted here
   */
  public SubBuffer insert(VirtualBuffer data) {
    BufferIterator from = copy();
    insertQuietly(data);
    return SubBuffer.owning(from, copy());
  }

  /** Does {@link #insert} without telling where the bytes are. */
  void insertQuietly(VirtualBuffer data) {
    VirtualBuffer into = buffer();
    if (into == data) {
      throw BufferException.circularInsertion();
    }
    Chunk place = chunk();
    into.checkInsertion(place);
    split();
    boolean changes = !data.isEmpty();
    Chunk last = into.splice(place, data);
    if (changes) {
      into.changed(last);
    }
    chunk = last;
    offset = last.length;
  }

  /**
   * Puts a mark here, which the iterator stands on. A stream keeps the data from a mark on; with
   * {@code readOnly} the data may leave and a copy stays that can be read.
   */
  public void mark(boolean readOnly) {
    VirtualBuffer where = buffer();
    Chunk place = chunk();
    split();
    Chunk mark = new Chunk(readOnly ? Chunk.MARK | Chunk.MARK_READ_ONLY : Chunk.MARK);
    where.adopt(mark, place);
    where.controls++;
    where.holds += readOnly ? 0 : 1;
    chunk = mark;
    offset = 0;
  }

  /**
   * Removes the mark that the iterator stands on.
   *
   * @throws BufferException {@code iterator is not a mark} when it stands on none
   */
  public void unmark() {
    Chunk mark = chunk();
    if (!mark.has(Chunk.MARK)) {
      throw BufferException.notMark();
    }
    remove(mark, mark.prev);
  }

  private void remove(Chunk control, Chunk heir) {
    VirtualBuffer where = buffer();
    where.release(control);
    where.controls--;
    where.holds -= control.has(Chunk.MARK_READ_ONLY) ? 0 : 1;
    control.die(heir, heir.length);
  }

  /**
   * Puts the bytes of {@code data}, which becomes empty, where a selection took bytes out. To be
   * called on the reference of the {@link Selection}.
   *
   * @param clone whether to put a copy that shares memory, and leave {@code data} read only
   * @throws BufferException {@code invalid restore iterator} when nothing is selected here, {@code
   *     read only buffer} when it is other data than was selected and the place is read only
   */
  public void restore(VirtualBuffer data, boolean clone) {
    if (!(chunk() instanceof SelectionPlace place)) {
      throw BufferException.invalidRestore();
    }
    VirtualBuffer into = buffer();
    if (into == data) {
      throw BufferException.circularInsertion();
    }
    boolean same = data.selection == place && !data.isModified() && data.size() == place.taken;
    if (!same) {
      into.checkInsertion(place);
    }
    Chunk last = into.splice(place, clone ? data.copy(CloneMode.READ_ONLY_ORIGINAL) : data);
    if (!same) {
      into.changed(last);
    }
    remove(place, last == place ? place.prev : last);
  }

  /**
   * Ends a selection without its bytes. From read-only data nothing can be taken: its piece does
   * not count as modified, so that its packet leaves as it came.
   */
  void abandon() {
    if (chunk() instanceof SelectionPlace place) {
      VirtualBuffer from = buffer();
      if (place.taken > 0 && !from.refusesInsertion(place)) {
        from.changed(place);
      }
      remove(place, place.prev);
    }
  }

  /** Returns the number of bytes before the position; it looks at every chunk before it. */
  public long position() {
    Chunk at = chunk();
    Chunk head = buffer().head();
    long count = offset;
    for (Chunk before = head.next; at != head && before != at; before = before.next) {
      count += before.length;
    }
    return count;
  }
}
