package dev.tiaki.lua.grammar;

import dev.tiaki.engine.buffer.BufferIterator;
import dev.tiaki.engine.buffer.SubBuffer;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaValue;

/** Gives bytes to a callback piece by piece as they arrive, and says which piece is the last. */
final class Chunks {
  private final ParseContext context;
  private final LuaValue callback;

  Chunks(ParseContext context, LuaValue callback) {
    this.context = context;
    this.callback = callback;
  }

  /** Passes {@code wanted} bytes, or all that come before the end; false after an error. */
  boolean run(long wanted) {
    long missing = wanted;
    BufferIterator position = context.position();
    while (missing > 0 && context.input().waitForData()) {
      SubBuffer piece = position.sub(Math.min(Integer.MAX_VALUE, missing), true);
      missing -= piece.size();
      boolean last = missing == 0 || position.isEof();
      if (!give(piece, last) || last) {
        return context.error() == null;
      }
      position = context.position();
    }
    return give(null, true);
  }

  /** Gives one piece, or none; false after an error. */
  boolean give(@Nullable SubBuffer piece, boolean last) {
    LuaValue value = piece == null ? LuaValue.NIL : context.bindings().sub(piece);
    callback.invoke(
        LuaValue.varargsOf(
            new LuaValue[] {context.result(), value, LuaValue.valueOf(last), context}));
    return context.error() == null;
  }
}
