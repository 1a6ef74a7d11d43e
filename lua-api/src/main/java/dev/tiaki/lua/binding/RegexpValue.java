package dev.tiaki.lua.binding;

import dev.tiaki.engine.buffer.SubBuffer;
import dev.tiaki.engine.regexp.Match;
import dev.tiaki.engine.regexp.Scan;
import dev.tiaki.lua.fault.Raised;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** A {@code regexp}: a compiled pattern. */
final class RegexpValue extends NativeObject {
  private static final String NAME = "regexp";
  private static final LuaValue NOWHERE = LuaValue.valueOf(-1);

  private final Bindings bindings;
  private final CompiledRegexp compiled;

  RegexpValue(Bindings bindings, CompiledRegexp compiled) {
    super(compiled, bindings.regexps);
    this.bindings = bindings;
    this.compiled = compiled;
  }

  static NativeClass describe() {
    return new NativeClass(NAME, AttributeNames.NONE)
        .method(
            "match",
            all ->
                self(all, "match")
                    .match(all.arg(2), all.arg(3).toboolean(), all.arg(4).toboolean()))
        .method("captures", all -> self(all, "captures").captures(all.arg(2)))
        .method("create_sink", all -> self(all, "create_sink").sink());
  }

  private static RegexpValue self(Varargs all, String function) {
    return Arg.of(all, 1, RegexpValue.class, NAME, function);
  }

  private LuaValue sink() {
    Scan scan = compiled.regexp().scan();
    return new RegexpSinkValue(bindings, pieces(scan));
  }

  private FedPieces pieces(Scan scan) {
    return new FedPieces(compiled, scan, bindings.runtime().budget());
  }

  /** Matches a string, a range or what an iterator gives. */
  Varargs match(LuaValue input, boolean createSub, boolean readOnly) {
    return switch (input) {
      case IteratorValue iterator -> matchIterator(iterator, createSub, readOnly);
      case SubValue sub -> matchSub(sub.sub());
      default -> matchString(text(input));
    };
  }

  private static LuaString text(LuaValue input) {
    if (!input.isstring()) {
      throw Raised.plain("Wrong arguments for overloaded function 'regexp::match'");
    }
    return input.strvalue();
  }

  private Varargs matchString(LuaString text) {
    Match match = compiled.regexp().find(text.m_bytes, text.m_offset, text.m_length);
    compiled.charge(bindings.runtime().budget(), text.m_length);
    if (match == null) {
      return LuaValue.varargsOf(NIL, NOWHERE, NOWHERE);
    }
    LuaValue found = text.substring(match.first(), match.last());
    return LuaValue.varargsOf(found, valueOf(match.first()), valueOf(match.last()));
  }

  /** Returns a table of what the groups matched, the whole at 0; false where one took no part. */
  private LuaValue captures(LuaValue input) {
    LuaString text = text(input);
    Match match = compiled.regexp().findGroups(text.m_bytes, text.m_offset, text.m_length);
    compiled.charge(bindings.runtime().budget(), text.m_length);
    if (match == null) {
      return NIL;
    }
    LuaTable captures = new LuaTable();
    for (int i = 0; i < match.groups().size(); i++) {
      Match.Range range = match.groups().get(i);
      captures.rawset(i, range.first() < 0 ? FALSE : text.substring(range.first(), range.last()));
    }
    compiled.regexp().names().forEach((name, i) -> captures.rawset(name, captures.rawget(i)));
    return captures;
  }

  private LuaValue matchSub(SubBuffer range) {
    Scan scan = compiled.regexp().scan();
    pieces(scan).feed(range);
    scan.end();
    return scan.isMatched()
        ? bindings.sub(range.sub(scan.first(), scan.last() - scan.first()))
        : NIL;
  }

  private LuaValue matchIterator(IteratorValue input, boolean createSub, boolean readOnly) {
    boolean copies = readOnly || bindings.context().mode().readOnlyBuffers();
    FedPieces pieces = pieces(compiled.regexp().scan());
    @Nullable SubBuffer found = new IteratorSearch(input, pieces, createSub, copies).run();
    if (createSub) {
      return bindings.subOrNil(found);
    }
    return valueOf(found != null);
  }

  @Override
  protected LuaValue read(int attribute) {
    return NIL;
  }
}
