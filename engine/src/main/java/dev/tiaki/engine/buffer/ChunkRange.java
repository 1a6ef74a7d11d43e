package dev.tiaki.engine.buffer;

import org.jspecify.annotations.Nullable;

/** The chunks of a range, cut at both ends so that they can be taken out. */
final class ChunkRange {
  private final VirtualBuffer buffer;

  /** The chunk at whose end the range begins. */
  private final Chunk before;

  private final long size;

  ChunkRange(BufferIterator begin, long size) {
    this.buffer = begin.buffer();
    this.before = begin.chunk();
    this.size = size;
    begin.split();
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
    if (!readOnly && crossesPieces()) {
      changed(); // restored, all the bytes belong to the first piece
    }
    SelectionPlace place = new SelectionPlace((int) size);
    buffer.adopt(place, before);
    buffer.controls++;
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
    moveTo(data, before);
    return data;
  }

  private boolean crossesPieces() {
    Chunk chunk = before.next;
    boolean inside = false;
    for (long left = size; left > 0; chunk = chunk.next) {
      if (inside && chunk instanceof PieceEnd) {
        return true;
      }
      inside |= !chunk.isControl();
      left -= chunk.length;
    }
    return false;
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

  private void moveTo(VirtualBuffer data, Chunk place) {
    long left = size;
    Chunk chunk = place.next;
    while (left > 0) {
      Chunk following = chunk.next;
      if (!chunk.isControl()) {
        left -= chunk.length;
        buffer.release(chunk);
        data.adopt(chunk, data.head().prev);
        // positions of the old buffer at the end of the range stay there
        chunk.stay = left == 0 ? place : null;
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
