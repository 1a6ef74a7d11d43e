package dev.tiaki.lua.grammar;

import dev.tiaki.engine.buffer.BufferIterator;
import dev.tiaki.engine.buffer.SubBuffer;
import dev.tiaki.engine.regexp.Scan;
import dev.tiaki.lua.binding.CompiledRegexp;
import dev.tiaki.lua.binding.IteratorValue;
import dev.tiaki.lua.text.ByteText;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** The longest text at this place that a regular expression matches. */
final class TokenNode extends Node {
  private final LuaString pattern;
  private final CompiledRegexp regexp;
  private final boolean raw;
  private final @Nullable LuaString name;
  private final Property property;
  private final Applies applies;

  TokenNode(Place place, Kind.Token kind, Traits traits) {
    super(place);
    pattern = kind.pattern();
    regexp = CompiledRegexp.compile(pattern, 0);
    raw = kind.raw();
    name = traits.name();
    property = Property.of(traits);
    applies = new Applies(traits.applies());
  }

  @Override
  boolean parse(ParseContext context) {
    IteratorValue input = context.input();
    input.waitForData();
    BufferIterator start = input.iterator().copy();
    Scan scan = regexp.regexp().anchoredScan();
    SubBuffer available = start.peekAvailable();
    if (available != null) {
      available.forEachRange((bytes, at, length) -> !scan.feed(bytes, at, length));
    }
    regexp.charge(context.bindings().runtime().budget(), (int) scan.position());
    if (!scan.isDecided()) {
      searchOn(context, scan, start);
    }
    if (!scan.isMatched()) {
      input.iterator().moveTo(start);
      return context.fail("token /" + ByteText.of(pattern) + "/ doesn't match");
    }
    if (input.iterator().meter() != start.meter()) {
      input.iterator().moveTo(start);
    }
    SubBuffer found = input.iterator().sub(scan.last(), true);
    return publish(context, found);
  }

  /** Waits for what decides, the bytes so far staying in their stream. */
  private void searchOn(ParseContext context, Scan scan, BufferIterator start) {
    IteratorValue input = context.input();
    input.iterator().advanceAll();
    if (input.iterator().isEof()) {
      scan.end();
      return;
    }
    BufferIterator mark = start.copy();
    mark.mark(context.copiesOnly());
    context.bindings().keeps(mark.buffer());
    try {
      while (!scan.isDecided() && input.waitForData()) {
        SubBuffer more = input.iterator().subAvailable(false);
        if (more != null) {
          more.forEachRange((bytes, at, length) -> !scan.feed(bytes, at, length));
          regexp.charge(context.bindings().runtime().budget(), (int) more.size());
        }
      }
      scan.end();
      long meter = start.meter();
      start.moveTo(mark);
      start.setMeter(meter);
    } finally {
      mark.unmark();
    }
  }

  private boolean publish(ParseContext context, SubBuffer found) {
    if (name == null && applies.isEmpty()) {
      return true;
    }
    TokenField field = raw ? null : new TokenField(property, regexp, pattern, found);
    LuaValue value = field == null ? context.bindings().sub(found) : field.load();
    LuaString key = name;
    if (key != null && context.result() instanceof ResultTable result) {
      result.add(key, field == null ? new RawField(property, value) : field);
      if (context.isCreating() && field != null) {
        create(context, result, key, value);
      }
    }
    return applies.isEmpty() || applies.run(property.shown(value), context.result(), context);
  }

  private static void create(
      ParseContext context, ResultTable result, LuaString key, LuaValue value) {
    LuaValue init = context.init();
    LuaValue wanted = init.istable() ? init.get(key) : LuaValue.NIL;
    if (!wanted.isnil() && !wanted.raweq(value)) {
      result.set(key, wanted);
    }
  }

  @Override
  @Nullable LuaString name() {
    return name;
  }

  @Override
  String className() {
    return "DGToken";
  }

  @Override
  String traceName() {
    return "token /" + SafeText.of(pattern) + "/";
  }
}
