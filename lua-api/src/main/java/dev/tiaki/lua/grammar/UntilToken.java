package dev.tiaki.lua.grammar;

import dev.tiaki.engine.buffer.BufferIterator;
import dev.tiaki.engine.buffer.SubBuffer;
import dev.tiaki.engine.regexp.Scan;
import dev.tiaki.lua.binding.CompiledRegexp;
import dev.tiaki.lua.binding.IteratorValue;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaValue;

/**
 * The bytes up to the first match of a token, which is not passed. With a callback they are given
 * out as soon as they cannot belong to the token; what may belong to it is kept until then.
 */
final class UntilToken {
  private final ParseContext context;
  private final IteratorValue input;
  private final CompiledRegexp regexp;
  private final Scan scan;
  private final @Nullable Chunks chunks;

  /** Where what was not given out begins; a mark while more is waited for. */
  private BufferIterator open;

  private long openOffset;
  private boolean marked;

  UntilToken(ParseContext context, CompiledRegexp regexp, @Nullable LuaValue callback) {
    this.context = context;
    this.input = context.input();
    this.regexp = regexp;
    this.scan = regexp.regexp().scan();
    this.chunks = callback == null ? null : new Chunks(context, callback);
    this.open = input.iterator().copy();
  }

  boolean run(BytesNode node) {
    long meter = input.iterator().meter();
    boolean parsed = search();
    unmark();
    if (!parsed) {
      return false;
    }
    long size = scan.isMatched() ? scan.first() : scan.position();
    if (chunks != null) {
      parsed = giveRest(chunks, size);
    } else {
      SubBuffer range = open.sub(size, false);
      input.iterator().moveTo(open);
      node.publish(context, range);
    }
    input.iterator().setMeter(meter + size);
    return parsed;
  }

  private boolean search() {
    BufferIterator position = input.iterator();
    while (!scan.isDecided() && input.waitForData()) {
      if (openOffset == scan.position()) {
        open.moveTo(position); // everything before was given out and may have left
      }
      unmark();
      SubBuffer piece = position.subAvailable(false);
      if (piece != null) {
        piece.forEachRange((bytes, at, length) -> !scan.feed(bytes, at, length));
        regexp.charge(context.bindings().runtime().budget(), (int) piece.size());
      }
      if (!scan.isDecided() && !position.isEof() && !giveDecided()) {
        return false;
      }
    }
    scan.end();
    return true;
  }

  /** Gives out what cannot belong to the token, and keeps the rest. */
  private boolean giveDecided() {
    long first = scan.first() < 0 ? scan.position() : scan.first();
    boolean on = true;
    if (chunks != null && first > openOffset) {
      SubBuffer piece = open.sub(first - openOffset, true);
      openOffset = first;
      on = chunks.give(piece, false);
    }
    if (chunks == null || openOffset < scan.position()) {
      open.mark(context.copiesOnly());
      marked = true;
    }
    return on;
  }

  private boolean giveRest(Chunks out, long size) {
    SubBuffer rest = size > openOffset ? open.sub(size - openOffset, true) : null;
    if (rest != null || scan.isMatched()) {
      input.iterator().moveTo(open);
    }
    return out.give(rest, true);
  }

  private void unmark() {
    if (marked) {
      BufferIterator mark = open.copy();
      mark.unmark();
      marked = false;
    }
  }
}
