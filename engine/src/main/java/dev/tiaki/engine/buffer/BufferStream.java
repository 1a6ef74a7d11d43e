package dev.tiaki.engine.buffer;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A queue of pushed buffers that reads as one continuous buffer and gives the pieces back as they
 * were edited meanwhile.
 *
 * <p>What is inserted at the boundary of two pieces belongs to the piece before whose end it was
 * inserted. A mark or an open selection keeps its piece and all that follow.
 */
public final class BufferStream {
  private final VirtualBuffer data = new VirtualBuffer();
  private @Nullable PieceEnd first;
  private @Nullable PieceEnd last;

  /** The newest piece that was popped while a read-only mark keeps its bytes readable here. */
  private @Nullable PieceEnd lastLeft;

  private @Nullable Object scriptData;

  /** Makes an empty stream. */
  public BufferStream() {
    data.streamed = true;
    data.finished = false;
  }

  /** Returns what rules attached to the stream, or null. */
  public @Nullable Object scriptData() {
    return scriptData;
  }

  /** Attaches something to the stream for rules that see it later, such as their handle of it. */
  public void setScriptData(@Nullable Object data) {
    scriptData = data;
  }

  /** Returns everything in the stream as one buffer. */
  public VirtualBuffer data() {
    return data;
  }

  /**
   * Moves the bytes of {@code buffer}, which becomes empty, to the end of the stream as a piece.
   */
  public BufferIterator push(VirtualBuffer buffer) {
    BufferIterator current = new BufferIterator();
    push(buffer, null, current);
    return current;
  }

  /**
   * Moves the bytes of {@code buffer}, which becomes empty, to the end of the stream as a piece.
   *
   * @param attachment what {@link #nextAttachment} tells when it is this piece's turn
   * @param current is placed at the beginning of the piece; its meter stays
   * @throws BufferException {@code stream marked as finished} after {@link #finish}
   */
  public void push(VirtualBuffer buffer, @Nullable Object attachment, BufferIterator current) {
    if (data.finished) {
      throw BufferException.streamFinished();
    }
    if (buffer == data) {
      throw BufferException.circularInsertion();
    }
    Chunk before = data.head().prev;
    PieceEnd piece = new PieceEnd(buffer, attachment);
    if (data.isModified()) {
      piece.modified = true; // it begins with what was inserted after the last piece
      data.setModified(false);
    }
    Chunk end = data.splice(before, buffer);
    data.adopt(piece, end);
    current.place(data, before, before.length);
    PieceEnd previous = last;
    if (previous == null) {
      first = piece;
    } else {
      previous.nextPiece = piece;
    }
    last = piece;
  }

  /** Says that no more data will come: iterators at the end are at the end of file. */
  public void finish() {
    data.finished = true;
  }

  /** Tells whether {@link #finish} was called. */
  public boolean isFinished() {
    return data.finished;
  }

  /** Tells whether there is no piece to pop. */
  public boolean isEmpty() {
    return first == null;
  }

  /** Returns what was attached to the oldest piece; null when nothing was, or there is none. */
  public @Nullable Object nextAttachment() {
    PieceEnd piece = first;
    return piece == null ? null : piece.attachment;
  }

  /**
   * Gives out the oldest piece as it is now, in the buffer that was pushed when nobody used that
   * one since; null when there is none, or when a mark or an open selection keeps it.
   */
  public @Nullable VirtualBuffer pop() {
    releaseLeft();
    PieceEnd piece = first;
    if (piece == null) {
      return null;
    }
    if (data.controls == 0) {
      return remove(piece);
    }
    if (isKept(piece)) {
      return null;
    }
    Chunk mark = firstReadOnlyMark(piece);
    return mark == null ? remove(piece) : removeCopy(piece, mark);
  }

  /** Tells whether {@link #pop} would give a piece out. */
  public boolean canPop() {
    PieceEnd piece = first;
    return piece != null && !isKept(piece);
  }

  /**
   * Gives out, after the finish and when no piece is left, what was inserted after the last piece;
   * null when there is nothing, or a mark keeps it.
   */
  public @Nullable VirtualBuffer popRemainder() {
    return data.finished ? popInserted() : null;
  }

  /**
   * Gives out, when no piece is left, what was inserted after the last piece, be the stream
   * finished or not; null when there is nothing, or a mark keeps it.
   */
  public @Nullable VirtualBuffer popInserted() {
    releaseLeft();
    if (first != null || lastLeft != null || data.controls != 0 || data.isEmpty()) {
      return null;
    }
    VirtualBuffer rest = new VirtualBuffer();
    moveFront(data.head(), rest);
    data.setModified(false);
    rest.setModified(true);
    return rest;
  }

  /** Forgets the oldest piece without giving its bytes out. */
  void discard() {
    PieceEnd piece = first;
    if (piece != null) {
      taken(piece);
    }
  }

  /**
   * Returns where in {@code array} the first byte stands that a mark or an open selection keeps in
   * the oldest piece; -1 when nothing stands before it, or when it is not of this array.
   */
  public int keptFrom(byte[] array) {
    PieceEnd piece = first;
    if (piece == null || lastLeft != null) {
      return -1;
    }
    Chunk stop = firstControl();
    Chunk kept = stop;
    while (kept != piece && kept.isControl()) {
      kept = kept.next;
    }
    boolean front = stop != data.head().next;
    return front && kept != piece && kept.memory.array() == array ? kept.offset : -1;
  }

  /** Gives out what of the oldest piece stands before what {@link #keptFrom} names. */
  public VirtualBuffer popFront() {
    VirtualBuffer out = new VirtualBuffer();
    PieceEnd piece = first;
    moveFront(firstControl(), out);
    out.setModified(piece != null && piece.modified);
    return out;
  }

  private Chunk firstControl() {
    Chunk chunk = data.head().next;
    while (!chunk.isControl()) {
      chunk = chunk.next;
    }
    return chunk;
  }

  /** Tells whether anything that was not popped yet differs from what was pushed. */
  public boolean isModified() {
    boolean modified = data.isModified();
    for (PieceEnd piece = first; piece != null; piece = piece.nextPiece) {
      modified |= piece.modified;
    }
    return modified;
  }

  /** Shows what was attached to the pieces that were not popped, the oldest first. */
  public void forEachAttachment(Consumer<Object> action) {
    for (PieceEnd piece = first; piece != null; piece = piece.nextPiece) {
      if (piece.attachment != null) {
        action.accept(piece.attachment);
      }
    }
  }

  /** Drops everything; positions in the stream become invalid. */
  public void clear() {
    first = null;
    last = null;
    lastLeft = null;
    data.invalidate();
  }

  /** Tells whether a mark or an open selection in or before the piece keeps it here. */
  private boolean isKept(PieceEnd piece) {
    if (data.holds == 0) {
      return false; // the way to the piece is long when a read-only mark keeps much to be read
    }
    for (Chunk chunk = data.head().next; chunk != piece; chunk = chunk.next) {
      if (chunk instanceof SelectionPlace
          || (chunk.has(Chunk.MARK) && !chunk.has(Chunk.MARK_READ_ONLY))) {
        return true;
      }
    }
    return false;
  }

  /** Returns where the bytes begin that must stay readable when the piece leaves; null: nowhere. */
  private @Nullable Chunk firstReadOnlyMark(PieceEnd piece) {
    if (lastLeft != null) {
      return lastLeft.next;
    }
    for (Chunk chunk = data.head().next; chunk != piece; chunk = chunk.next) {
      if (chunk.has(Chunk.MARK)) {
        return chunk;
      }
    }
    return null;
  }

  private VirtualBuffer remove(PieceEnd piece) {
    VirtualBuffer out = target(piece);
    moveFront(piece, out);
    data.release(piece);
    piece.die(data.head(), 0);
    taken(piece);
    return out;
  }

  /** Moves what is before {@code keep} and copies the rest of the piece, which stays to be read. */
  private VirtualBuffer removeCopy(PieceEnd piece, Chunk keep) {
    VirtualBuffer out = new VirtualBuffer();
    if (lastLeft == null) {
      moveFront(keep, out);
    }
    for (Chunk chunk = keep; chunk != piece; chunk = chunk.next) {
      if (!chunk.isControl()) {
        out.adopt(chunk.shareBytes(), out.head().prev);
        chunk.flags |= Chunk.READ_ONLY;
      }
    }
    describe(out, piece);
    piece.left = true;
    lastLeft = piece;
    taken(piece);
    return out;
  }

  private VirtualBuffer target(PieceEnd piece) {
    VirtualBuffer out = piece.source.isMovedAway() ? piece.source : new VirtualBuffer();
    describe(out, piece);
    return out;
  }

  private static void describe(VirtualBuffer out, PieceEnd piece) {
    out.setModified(piece.modified);
    out.selection = piece.source.selection;
    out.setReadOnlyFlag(piece.has(Chunk.READ_ONLY));
  }

  private void taken(PieceEnd piece) {
    first = piece.nextPiece;
    piece.nextPiece = null;
    if (first == null) {
      last = null;
    }
  }

  /** Moves all chunks before {@code stop}, none of them a control, to {@code out}. */
  private void moveFront(Chunk stop, VirtualBuffer out) {
    Chunk head = data.head();
    Chunk from = head.next;
    if (from == stop) {
      out.revive();
      return;
    }
    Chunk to = stop.prev;
    head.next = stop;
    stop.prev = head;
    to.stay = head;
    data.shrink(out.takeBack(from, to));
  }

  /** Lets go of bytes that only stayed to be read and that no mark keeps any more. */
  private void releaseLeft() {
    while (lastLeft != null) {
      Chunk chunk = data.head().next;
      if (chunk.has(Chunk.MARK) || chunk instanceof SelectionPlace) {
        return;
      }
      data.release(chunk);
      if (chunk.isControl() || chunk.next.isControl()) {
        chunk.die(data.head(), 0);
      } else {
        chunk.die();
      }
      if (chunk == lastLeft) {
        lastLeft = null;
      }
    }
  }
}
