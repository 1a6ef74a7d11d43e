package dev.tiaki.lua.binding;

import dev.tiaki.engine.buffer.BufferIterator;
import dev.tiaki.engine.buffer.SubBuffer;
import dev.tiaki.engine.regexp.Scan;
import dev.tiaki.lua.budget.RuleBudget;
import java.util.ArrayDeque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * A search over ranges of buffers: it knows where in the buffers the offsets of a match are, and
 * lets the rule pay for the search.
 */
final class FedPieces {
  /** Bytes between two looks at the rule's budget. */
  private static final int SLICE_BYTES = 16_384;

  private final ArrayDeque<Piece> pieces = new ArrayDeque<>();
  private final CompiledRegexp regexp;
  private final Scan scan;
  private final RuleBudget budget;

  /** A piece that may hold a part of the match. */
  private record Piece(long offset, BufferIterator begin) {}

  FedPieces(CompiledRegexp regexp, Scan scan, RuleBudget budget) {
    this.regexp = regexp;
    this.scan = scan;
    this.budget = budget;
  }

  Scan scan() {
    return scan;
  }

  /** Searches on in a range. */
  void feed(SubBuffer range) {
    pieces.addLast(new Piece(scan.position(), range.position(0)));
    range.forEachRange(this::feed);
    forgetBefore(scan.first() >= 0 ? scan.first() : scan.position());
  }

  /** Searches on in bytes; false when all is decided. */
  boolean feed(byte[] bytes, int offset, int length) {
    for (int at = 0; at < length; at += SLICE_BYTES) {
      int slice = Math.min(SLICE_BYTES, length - at);
      boolean decided = scan.feed(bytes, offset + at, slice);
      regexp.charge(budget, slice);
      if (decided) {
        return false;
      }
    }
    return true;
  }

  /** Forgets the pieces that end before an offset, but the last one. */
  private void forgetBefore(long offset) {
    while (pieces.size() > 1) {
      Iterator<Piece> all = pieces.iterator();
      all.next();
      if (all.next().offset > offset) {
        return;
      }
      pieces.removeFirst();
    }
  }

  /**
   * Says that the byte at {@code offset} is at {@code place}, whatever becomes of what is before
   * it.
   */
  void startAt(long offset, BufferIterator place) {
    while (!pieces.isEmpty() && pieces.getFirst().offset <= offset) {
      pieces.removeFirst();
    }
    pieces.addFirst(new Piece(offset, place));
  }

  /** Returns where the byte at {@code offset} is, or null when it is in no piece known here. */
  @Nullable BufferIterator begin(long offset) {
    return position(offset, offset);
  }

  /** Returns the place behind the byte before {@code offset}. */
  @Nullable BufferIterator end(long offset) {
    return position(offset, offset - 1);
  }

  private @Nullable BufferIterator position(long offset, long inside) {
    Piece found = pieces.peekFirst();
    for (Piece piece : pieces) {
      if (piece.offset <= inside) {
        found = piece;
      }
    }
    if (found == null || offset < found.offset || !found.begin.isValid()) {
      return null;
    }
    BufferIterator position = found.begin.copy();
    position.advance(offset - found.offset);
    return position;
  }
}
