package dev.tiaki.engine.buffer;

import org.jspecify.annotations.Nullable;

/** The chunks of a range, cut at both ends so that they can be taken out. */
final class ChunkRange {
  private final VirtualBuffer buffer;

  /** The chunk right before the first byte, or where an empty range is. */
  private final Chunk before;

  private final long size;

  ChunkRange(BufferIterator begin, long size) {
    BufferIterator first = begin.copy();
    if (size > 0) {
      first.skipControls();
    }
    first.split();
    this.buffer = first.buffer();
    this.before = first.chunk();
    this.size = size;
    if (size > 0) {
      cutEnd();
    }
  }

  private void cutEnd() {
    long left = size;
    Chunk chunk = before.next;
    while (chunk.length < left) {
      left -= chunk.length;
      chunk = chunk.next;
    }
    if (chunk.length > left) {
      chunk.cut((int) left);
    }
  }

  /** Removes the bytes; controls between them stay. */
  void erase() {
    changed();
    long left = size;
    Chunk chunk = before.next;
    while (left > 0) {
      Chunk following = chunk.next;
      if (!chunk.isControl()) {
        left -= chunk.length;
        Chunk heir = chunk.prev;
        buffer.release(chunk);
        if (left == 0) {
          chunk.die(heir, heir.length);
        } else {
          chunk.die();
        }
      }
      chunk = following;
    }
  }

  /** Takes the bytes out and leaves a place that remembers them. */
  Selection select() {
    boolean readOnly = buffer.refusesInsertion(before);
    PieceEnd crossed = firstCrossed();
    if (crossed != null && crossed.left) {
      throw BufferException.readOnly(); // restored there, bytes of the next piece would be lost
    }
    if (crossed != null && !readOnly) {
      changed(); // restored, all the bytes belong to the first piece
    }
    SelectionPlace place = new SelectionPlace((int) size);
    buffer.adopt(place, before);
    buffer.controls++;
    buffer.holds++;
    VirtualBuffer data = new VirtualBuffer();
    data.selection = place;
    moveTo(data, place);
    data.setReadOnlyFlag(readOnly);
    return new Selection(new BufferIterator(buffer, place, 0), data);
  }

  /** Takes the bytes out for good. */
  VirtualBuffer takeOut() {
    changed();
    VirtualBuffer data = new VirtualBuffer();
    moveTo(data, null);
    return data;
  }

  /** Returns the first piece end between two bytes of the range, or null. */
  private @Nullable PieceEnd firstCrossed() {
    Chunk chunk = before.next;
    boolean inside = false;
    for (long left = size; left > 0; chunk = chunk.next) {
      if (inside && chunk instanceof PieceEnd piece) {
        return piece;
      }
      inside |= !chunk.isControl();
      left -= chunk.length;
    }
    return null;
  }

  /** Tells every piece that has bytes in the range. */
  private void changed() {
    @Nullable Chunk last = null;
    Chunk chunk = before.next;
    for (long left = size; left > 0; chunk = chunk.next) {
      if (!chunk.isControl()) {
        last = chunk;
      } else if (last != null && chunk instanceof PieceEnd) {
        buffer.changed(last);
        last = null;
      }
      left -= chunk.length;
    }
    if (last != null) {
      buffer.changed(last);
    }
  }

  /** Moves the bytes to {@code data}; positions inside follow, those at the end stay at a place. */
  private void moveTo(VirtualBuffer data, @Nullable Chunk place) {
    long left = size;
    Chunk chunk = before.next;
    while (left > 0) {
      Chunk following = chunk.next;
      if (!chunk.isControl()) {
        left -= chunk.length;
        buffer.release(chunk);
        Chunk moved = left == 0 && place != null ? chunk.leaveEnd(place) : chunk;
        data.adopt(moved, data.head().prev);
      }
      chunk = following;
    }
  }

  /** Copies the bytes to one chunk; every position in them follows. */
  void flatten() {
    checkNoControls();
    Chunk flat = new Chunk(new Memory(new byte[(int) size]), 0, (int) size, before.next.flags);
    flat.flags &= Chunk.READ_ONLY;
    Chunk chunk = before.next;
    int at = 0;
    while (at < size) {
      Chunk following = chunk.next;
      System.arraycopy(chunk.memory.array(), chunk.offset, flat.memory.array(), at, chunk.length);
      flat.flags |= chunk.flags & Chunk.READ_ONLY;
      buffer.release(chunk);
      chunk.die(flat, at);
      chunk.flags |= Chunk.MOVED;
      at += chunk.length;
      chunk = following;
    }
    buffer.adopt(flat, before);
  }

  private void checkNoControls() {
    Chunk chunk = before.next;
    for (long left = size; left > 0; chunk = chunk.next) {
      if (chunk.isControl()) {
        throw BufferException.cannotFlatten();
      }
      left -= chunk.length;
    }
  }
}
