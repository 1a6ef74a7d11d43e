package dev.tiaki.lua.binding;

import dev.tiaki.engine.buffer.BufferIterator;
import dev.tiaki.engine.regexp.Scan;
import dev.tiaki.lua.fault.Raised;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** A {@code regexp_sink}: a search that is given its text piece by piece. */
final class RegexpSinkValue extends NativeObject {
  private static final String NAME = "regexp_sink";
  private static final long NOT_SHOWN = -1;

  private final Bindings bindings;
  private final FedPieces pieces;
  private final Scan scan;
  private long shownFirst = NOT_SHOWN;
  private boolean shownLast;

  RegexpSinkValue(Bindings bindings, FedPieces pieces) {
    super(pieces, bindings.regexpSinks);
    this.bindings = bindings;
    this.pieces = pieces;
    this.scan = pieces.scan();
  }

  static NativeClass describe() {
    return new NativeClass(NAME, AttributeNames.NONE)
        .method("feed", RegexpSinkValue::feed)
        .method("ispartial", all -> valueOf(self(all, "ispartial").scan.isPartial()));
  }

  private static RegexpSinkValue self(Varargs all, String function) {
    return Arg.of(all, 1, RegexpSinkValue.class, NAME, function);
  }

  private static Varargs feed(Varargs all) {
    RegexpSinkValue self = self(all, "feed");
    boolean eof = all.arg(3).toboolean();
    return switch (all.arg(2)) {
      case SubValue sub -> {
        self.pieces.feed(sub.sub());
        yield self.fed(eof);
      }
      case LuaString text -> {
        self.pieces.feed(text.m_bytes, text.m_offset, text.m_length);
        yield self.fedString(eof, all.arg(4));
      }
      case LuaValue nothing when nothing.isnil() -> self.fed(eof);
      default -> throw Raised.plain("Wrong arguments for overloaded function 'regexp_sink::feed'");
    };
  }

  private Varargs fedString(boolean eof, LuaValue result) {
    endIf(eof);
    if (result instanceof RegexpResultValue places) {
      places.set(scan.first(), scan.last());
    }
    return valueOf(scan.isMatched());
  }

  private void endIf(boolean eof) {
    if (eof) {
      scan.end();
    }
  }

  /** Returns whether there is a match, and where it begins and ends if that is news. */
  private Varargs fed(boolean eof) {
    endIf(eof);
    BufferIterator begin = null;
    long first = scan.first();
    if (first != shownFirst) {
      begin = first < 0 ? null : pieces.begin(first);
      shownFirst = first;
    }
    BufferIterator end = null;
    if (scan.isMatched() && !shownLast) {
      end = pieces.end(scan.last());
      shownLast = true;
    }
    return varargsOf(valueOf(scan.isMatched()), orNil(begin), orNil(end));
  }

  private LuaValue orNil(@Nullable BufferIterator position) {
    return position == null ? NIL : bindings.iterator(position);
  }

  @Override
  protected LuaValue read(int attribute) {
    return NIL;
  }
}
