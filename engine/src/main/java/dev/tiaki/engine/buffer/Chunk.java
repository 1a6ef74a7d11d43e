package dev.tiaki.engine.buffer;

import org.jspecify.annotations.Nullable;

/**
 * A run of bytes in one memory, or a place without bytes (the head of a buffer, a mark, a
 * selection, the end of a pushed piece). The chunks of a buffer form a ring through its head.
 *
 * <p>A position is a chunk and an offset in it, and the offset is at most the chunk's length when
 * the position was made. Nobody knows the positions, so a chunk that changes leaves word for them:
 *
 * <ul>
 *   <li>a chunk that was cut keeps the rest in {@link #tail}, which owns the larger offsets;
 *   <li>a chunk that left a stream names in {@link #stay} where positions at its end that belong to
 *       the stream go;
 *   <li>a dead chunk (no owner) names in {@link #next} and {@link #offset} where positions at its
 *       end go, or itself when there is no such place; when {@link #MOVED} is set, that holds for
 *       every position in it, but for its end when {@link #END_STAYS} is set too.
 * </ul>
 *
 * <p>Positions between two chunks always belong to the left one; this is what keeps an iterator
 * before data that another one inserts.
 */
class Chunk {
  /** The bytes must not be written. */
  static final int READ_ONLY = 1;

  /** Another buffer sees the same bytes: copy them before the first write. */
  static final int COPY_ON_WRITE = 2;

  /** Dead, and its bytes stand at the offset of another chunk now. */
  static final int MOVED = 4;

  /** With {@link #MOVED}: positions at the end go to {@link #stay}. */
  static final int END_STAYS = 64;

  /** The chunk a buffer was made with, never cut. */
  static final int ORIGINAL = 8;

  /** A mark; data from it on is kept. */
  static final int MARK = 16;

  /** With {@link #MARK}: data may leave, a readable copy stays. */
  static final int MARK_READ_ONLY = 32;

  Chunk next = this;
  Chunk prev = this;
  @Nullable Chunk tail;
  @Nullable Chunk stay;
  @Nullable VirtualBuffer owner;
  Memory memory;
  int offset;
  int length;
  int flags;

  /** Makes a place without bytes. */
  Chunk(int flags) {
    this(Memory.NONE, 0, 0, flags);
  }

  Chunk(Memory memory, int offset, int length, int flags) {
    this.memory = memory;
    this.offset = offset;
    this.length = length;
    this.flags = flags;
  }

  final boolean has(int flag) {
    return (flags & flag) != 0;
  }

  final boolean isControl() {
    return length == 0;
  }

  final void linkAfter(Chunk place) {
    next = place.next;
    prev = place;
    next.prev = this;
    place.next = this;
  }

  final void unlink() {
    prev.next = next;
    next.prev = prev;
  }

  /** Ends the chunk; positions in it become invalid. */
  final void die() {
    die(this, 0);
  }

  /** Ends the chunk; positions at its end go to {@code targetOffset} in {@code target}. */
  final void die(Chunk target, int targetOffset) {
    owner = null;
    memory = Memory.NONE;
    prev = this;
    next = target;
    offset = targetOffset;
  }

  /** Ends the chunk for another over the same bytes; positions at its end go to {@code place}. */
  final Chunk leaveEnd(Chunk place) {
    Chunk heir = new Chunk(memory, offset, length, flags);
    die(heir, 0);
    flags |= MOVED | END_STAYS;
    stay = place;
    return heir;
  }

  /** Cuts the chunk so that it keeps {@code at} bytes, more than none and less than all. */
  final void cut(int at) {
    flags &= ~ORIGINAL;
    Chunk rest = new Chunk(memory, offset + at, length - at, flags);
    rest.owner = owner;
    rest.tail = tail;
    rest.stay = stay;
    rest.linkAfter(this);
    length = at;
    tail = rest;
    stay = null;
  }

  /** Returns a chunk over the same bytes; both copy them before they write. */
  final Chunk shareBytes() {
    memory.share();
    flags |= COPY_ON_WRITE;
    return new Chunk(memory, offset, length, flags & (COPY_ON_WRITE | ORIGINAL));
  }

  /** Returns the array to write to, bytes of the chunk from {@link #offset} on. */
  final byte[] writable() {
    if (has(READ_ONLY)) {
      throw BufferException.readOnly();
    }
    if (has(COPY_ON_WRITE)) {
      byte[] own = new byte[length];
      System.arraycopy(memory.array(), offset, own, 0, length);
      memory = new Memory(own);
      offset = 0;
      flags &= ~(COPY_ON_WRITE | ORIGINAL);
    }
    return memory.array();
  }

  final int get(int index) {
    return memory.array()[offset + index] & 0xff;
  }
}
