package dev.tiaki.lua.binding;

import dev.tiaki.engine.buffer.BufferIterator;
import dev.tiaki.engine.buffer.SubBuffer;
import dev.tiaki.engine.regexp.Scan;
import org.jspecify.annotations.Nullable;

/**
 * One search from an iterator on, which waits for more data if the iterator can. What may belong to
 * the match and is wanted is marked meanwhile, so that it stays in its stream.
 */
final class IteratorSearch {
  private final IteratorValue input;
  private final FedPieces pieces;
  private final Scan scan;
  private final boolean wanted;
  private final boolean readOnly;
  private @Nullable BufferIterator mark;

  IteratorSearch(IteratorValue input, FedPieces pieces, boolean wanted, boolean readOnly) {
    this.input = input;
    this.pieces = pieces;
    this.scan = pieces.scan();
    this.wanted = wanted;
    this.readOnly = readOnly;
  }

  /** Returns the range of the match, the iterator behind it; null at the end without a match. */
  @Nullable SubBuffer run() {
    BufferIterator iterator = input.iterator();
    long meter = iterator.meter();
    while (!scan.isDecided() && input.waitForData()) {
      release();
      SubBuffer range = iterator.subAvailable(false);
      if (range != null) {
        pieces.feed(range);
      }
      if (!scan.isDecided() && !iterator.isEof()) {
        hold();
      }
    }
    release();
    if (iterator.isEof()) {
      scan.end();
    }
    return scan.isMatched() ? found(iterator, meter) : null;
  }

  private SubBuffer found(BufferIterator iterator, long meter) {
    BufferIterator end = pieces.end(scan.last());
    if (end != null) {
      iterator.moveTo(end);
      iterator.setMeter(meter + scan.last());
    }
    BufferIterator begin = pieces.begin(scan.first());
    return SubBuffer.between(begin == null ? iterator : begin, iterator);
  }

  private void hold() {
    long from = wanted ? scan.first() : scan.candidateLast();
    BufferIterator place = from < 0 ? null : pieces.begin(from);
    if (place != null) {
      place.mark(readOnly);
      pieces.startAt(from, place.copy()); // what is before the mark may leave
      mark = place;
    }
  }

  private void release() {
    BufferIterator placed = mark;
    if (placed != null) {
      placed.unmark();
      mark = null;
    }
  }
}
