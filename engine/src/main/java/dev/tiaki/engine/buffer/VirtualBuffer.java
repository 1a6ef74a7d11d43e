package dev.tiaki.engine.buffer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that can be edited anywhere without being moved: a list of chunks over shared memory.
 *
 * <p>Positions ({@link BufferIterator}, {@link SubBuffer}) survive edits elsewhere in the buffer.
 * Memory is copied when somebody writes to bytes that another buffer sees too. Used by one thread.
 */
public final class VirtualBuffer {
  private Chunk head;
  private int size;
  private boolean modified;
  private boolean readOnly;
  private boolean scratch;
  private @Nullable String keeper;

  /** Marks and open selections among the chunks. */
  int controls;

  /** Those of them that keep a stream from giving out what follows: all but read-only marks. */
  int holds;

  /** No more data will come; false only for the data of a stream before its finish. */
  boolean finished = true;

  /** Holds the data of a stream, cut into pieces. */
  boolean streamed;

  /** The place that this buffer's bytes were selected from. */
  @Nullable SelectionPlace selection;

  VirtualBuffer() {
    head = newHead();
  }

  /** Makes a buffer over {@code bytes}, which it owns from now on. */
  public static VirtualBuffer of(byte[] bytes) {
    return over(new Memory(bytes), 0, bytes.length);
  }

  /** Makes a buffer of {@code size} zero bytes. */
  public static VirtualBuffer allocate(int size) {
    return of(new byte[size]);
  }

  /** Makes a buffer without bytes. */
  public static VirtualBuffer empty() {
    return new VirtualBuffer();
  }

  /**
   * Makes a buffer over {@code length} bytes of {@code memory} from {@code offset} on; writes in
   * place go to that memory.
   */
  public static VirtualBuffer over(Memory memory, int offset, int length) {
    VirtualBuffer buffer = new VirtualBuffer();
    buffer.fill(memory, offset, length);
    return buffer;
  }

  /**
   * Makes this buffer stand for other bytes, as {@link #over} does, and forgets the old ones, whose
   * positions become invalid. For views that are used again and again.
   */
  public void reset(Memory memory, int offset, int length) {
    if (size != 0 || controls != 0) {
      invalidate();
    }
    modified = false;
    readOnly = false;
    selection = null;
    fill(memory, offset, length);
  }

  private void fill(Memory memory, int offset, int length) {
    if (length > 0) {
      adopt(new Chunk(memory, offset, length, Chunk.ORIGINAL), head().prev);
    }
  }

  /** Notes who keeps data of a stream back here, by a mark or by taking it out. */
  public void keptBy(String who) {
    keeper = who;
  }

  /** Returns who kept data back here last, or null when nobody said. */
  public @Nullable String keeper() {
    return keeper;
  }

  private Chunk newHead() {
    Chunk chunk = new Chunk(0);
    chunk.owner = this;
    return chunk;
  }

  /** Returns the head of the ring, a new one when the old one left with the bytes. */
  Chunk head() {
    if (head.owner == null) {
      head = newHead();
    }
    return head;
  }

  boolean isClearedStream() {
    return streamed && head.owner == null;
  }

  /** Links a chunk that is in no list after {@code place}. */
  void adopt(Chunk chunk, Chunk place) {
    chunk.owner = this;
    chunk.linkAfter(place);
    size += chunk.length;
  }

  /** Unlinks a chunk without saying what becomes of it. */
  void release(Chunk chunk) {
    chunk.unlink();
    size -= chunk.length;
  }

  /** Returns the number of bytes. */
  public int size() {
    return size;
  }

  /** Tells whether there are no bytes. */
  public boolean isEmpty() {
    return size == 0;
  }

  /** Tells whether a byte was written, inserted or erased since the buffer was made. */
  public boolean isModified() {
    return modified;
  }

  /** Sets what {@link #isModified} says. */
  public void setModified(boolean value) {
    modified = value;
  }

  /** Tells whether the buffer refuses insertions; single parts of it may refuse writes as well. */
  public boolean isReadOnly() {
    return readOnly;
  }

  /** Refuses every change from now on. */
  public void setReadOnly() {
    readOnly = true;
    Chunk ring = head();
    for (Chunk chunk = ring.next; chunk != ring; chunk = chunk.next) {
      chunk.flags |= Chunk.READ_ONLY;
    }
  }

  /** Has bytes copied before they are written: the memory itself belongs to somebody else. */
  public void setCopyOnWrite() {
    Chunk ring = head();
    for (Chunk chunk = ring.next; chunk != ring; chunk = chunk.next) {
      chunk.flags |= Chunk.COPY_ON_WRITE;
    }
  }

  /**
   * Tells whether the bytes are still the single chunk that the buffer was made with, unmodified
   * and uncut, so that the packet they came in can leave as it is.
   */
  public boolean isUntouched() {
    return !modified && (size == 0 || (isSingleChunk() && firstData().has(Chunk.ORIGINAL)));
  }

  /** Tells whether all bytes lie in one chunk. */
  public boolean isSingleChunk() {
    return size != 0 && firstData().length == size;
  }

  /** Tells whether the buffer is just these bytes of {@code memory}, edited in place or not. */
  public boolean isOver(Memory memory, int offset, int length) {
    return size == length
        && (length == 0
            || (isSingleChunk() && firstData().memory == memory && firstData().offset == offset));
  }

  /** Returns the first chunk with bytes; there must be one. */
  private Chunk firstData() {
    Chunk chunk = head.next;
    while (chunk.isControl()) {
      chunk = chunk.next;
    }
    return chunk;
  }

  /** Returns the byte at {@code index}, counted from 0; 255 when there is none. */
  public int get(long index) {
    if (index < 0 || index >= size) {
      return 0xff;
    }
    Chunk chunk = head.next;
    int at = (int) index;
    while (at >= chunk.length) {
      at -= chunk.length;
      chunk = chunk.next;
    }
    return chunk.get(at);
  }

  /** Writes the byte at {@code index}, counted from 0; ignored when there is none. */
  public void set(long index, int value) {
    if (index >= 0 && index < size) {
      sub(index, 1).set(0, value);
    }
  }

  /** Returns an iterator before the first byte. */
  public BufferIterator begin() {
    return new BufferIterator(this, head(), 0);
  }

  /** Returns an iterator after the last byte; in a stream, still in the piece of that byte. */
  public BufferIterator end() {
    Chunk last = head().prev;
    if (last instanceof PieceEnd piece && !piece.left) {
      last = piece.prev;
    }
    return new BufferIterator(this, last, last.length);
  }

  /** Returns an iterator after {@code offset} bytes, at the end when there are less or for -1. */
  public BufferIterator position(long offset) {
    if (offset < 0) {
      return end();
    }
    BufferIterator position = begin();
    position.advance(offset);
    position.setMeter(0);
    return position;
  }

  /**
   * Returns the range of {@code length} bytes from {@code offset} on, cut to what there is; -1
   * means everything. It has an end, so that it grows and shrinks with edits inside.
   */
  public SubBuffer sub(long offset, long length) {
    BufferIterator from = position(offset);
    if (length < 0) {
      return SubBuffer.owning(from, end());
    }
    BufferIterator to = from.copy();
    to.advance(length);
    return SubBuffer.owning(from, to);
  }

  /** Returns the range of all bytes, which grows and shrinks with the buffer. */
  public SubBuffer all() {
    return SubBuffer.owning(begin(), end());
  }

  /**
   * Moves all bytes of {@code other}, which becomes empty, to the end of this buffer.
   *
   * @throws BufferException {@code circular buffer insertion} when they are the same buffer
   */
  public void append(VirtualBuffer other) {
    end().insert(other);
  }

  /** Says that the bytes are no traffic but belong to whoever made the buffer; returns this. */
  public VirtualBuffer asScratch() {
    scratch = true;
    return this;
  }

  /** Tells whether the bytes are no traffic. */
  public boolean isScratch() {
    return scratch;
  }

  /** Returns another buffer with the same bytes. */
  public VirtualBuffer copy(CloneMode mode) {
    if (mode == CloneMode.COPY) {
      return of(toByteArray());
    }
    VirtualBuffer clone = new VirtualBuffer();
    Chunk ring = head();
    for (Chunk chunk = ring.next; chunk != ring; chunk = chunk.next) {
      if (!chunk.isControl()) {
        clone.adopt(chunk.shareBytes(), clone.head.prev);
      }
    }
    if (mode == CloneMode.READ_ONLY_ORIGINAL) {
      setReadOnly();
    } else if (mode == CloneMode.READ_ONLY_CLONE) {
      clone.setReadOnly();
    }
    return clone;
  }

  /** Returns the bytes in an array of their own. */
  public byte[] toByteArray() {
    byte[] bytes = new byte[size];
    copyTo(bytes, 0);
    return bytes;
  }

  /** Copies all bytes to {@code target} from {@code at} on and returns their number. */
  public int copyTo(byte[] target, int at) {
    int to = at;
    for (Chunk chunk = head.next; to < at + size; chunk = chunk.next) {
      System.arraycopy(chunk.memory.array(), chunk.offset, target, to, chunk.length);
      to += chunk.length;
    }
    return size;
  }

  /**
   * Returns a Netty buffer over the same bytes, without a copy. It must be read before the buffer
   * is changed and before its packet leaves.
   */
  public ByteBuf toByteBuf() {
    if (size == 0) {
      return Unpooled.EMPTY_BUFFER;
    }
    if (isSingleChunk()) {
      return nettyView(firstData());
    }
    CompositeByteBuf whole = Unpooled.compositeBuffer(Integer.MAX_VALUE);
    for (Chunk chunk = head.next; chunk != head; chunk = chunk.next) {
      if (!chunk.isControl()) {
        whole.addComponent(true, nettyView(chunk));
      }
    }
    return whole.asReadOnly();
  }

  private static ByteBuf nettyView(Chunk chunk) {
    return Unpooled.wrappedBuffer(chunk.memory.array(), chunk.offset, chunk.length).asReadOnly();
  }

  /**
   * Cuts the bytes off: the buffer is empty and every position in it becomes invalid. Called when
   * the packet that the bytes belong to is gone.
   */
  public void invalidate() {
    if (head.owner != null) {
      Chunk chunk = head.next;
      while (chunk != head) {
        Chunk following = chunk.next;
        chunk.die();
        chunk = following;
      }
      // a position at the beginning is invalid too: give the dead head a length that none has
      head.length = -1;
      head.die();
    }
    size = 0;
    controls = 0;
    holds = 0;
  }

  /** Throws when nothing may be inserted after {@code place}. */
  void checkInsertion(Chunk place) {
    if (refusesInsertion(place)) {
      throw BufferException.readOnly();
    }
  }

  /** Tells whether nothing may be inserted after {@code place}. */
  boolean refusesInsertion(Chunk place) {
    PieceEnd piece = streamed ? pieceEndAfter(place) : null;
    return piece == null ? readOnly : piece.left || piece.has(Chunk.READ_ONLY);
  }

  /** Remembers that something changed after {@code place}. */
  void changed(Chunk place) {
    PieceEnd piece = streamed ? pieceEndAfter(place) : null;
    if (piece != null) {
      piece.modified = true;
    } else {
      modified = true;
    }
  }

  private @Nullable PieceEnd pieceEndAfter(Chunk place) {
    for (Chunk chunk = place.next; chunk != head; chunk = chunk.next) {
      if (chunk instanceof PieceEnd piece) {
        return piece;
      }
    }
    return null;
  }

  /**
   * Moves everything that {@code other} holds after {@code place} and returns the last chunk moved,
   * {@code place} when there was none. Positions in {@code other} follow.
   */
  Chunk splice(Chunk place, VirtualBuffer other) {
    if (other.streamed) {
      return splice(place, other.all().takeOut());
    }
    if (other.head.owner == null || other.head.next == other.head) {
      return place;
    }
    Chunk last = other.head.prev;
    moveRing(other, place);
    return last;
  }

  private void moveRing(VirtualBuffer other, Chunk place) {
    Chunk first = other.head.next;
    Chunk last = other.head.prev;
    for (Chunk chunk = first; chunk != other.head; chunk = chunk.next) {
      chunk.owner = this;
    }
    last.next = place.next;
    last.next.prev = last;
    place.next = first;
    first.prev = place;
    size += other.size;
    controls += other.controls;
    holds += other.holds;
    other.size = 0;
    other.controls = 0;
    other.holds = 0;
    other.modified = true;
    other.head.die(place, place.length);
  }

  /** Tells whether the bytes were moved away and nobody used the buffer since. */
  boolean isMovedAway() {
    return head.owner == null && head.length == 0;
  }

  /** Makes a buffer whose bytes moved away usable with its old head, where old positions wait. */
  void revive() {
    head.owner = this;
    head.offset = 0;
    head.next = head;
    head.prev = head;
  }

  /**
   * Takes over {@code first} to {@code last}, none of them a control and linked to one another, and
   * returns their size. The buffer is empty and keeps its head.
   */
  int takeBack(Chunk first, Chunk last) {
    revive();
    head.next = first;
    head.prev = last;
    first.prev = head;
    last.next = head;
    int bytes = 0;
    for (Chunk chunk = first; chunk != head; chunk = chunk.next) {
      chunk.owner = this;
      bytes += chunk.length;
    }
    size = bytes;
    return bytes;
  }

  void shrink(int bytes) {
    size -= bytes;
  }

  void setReadOnlyFlag(boolean value) {
    readOnly = value;
  }
}
