package dev.tiaki.lua.grammar;

import dev.tiaki.engine.buffer.SubBuffer;
import dev.tiaki.lua.binding.Bindings;
import dev.tiaki.lua.binding.CompiledRegexp;
import dev.tiaki.lua.fault.Raised;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** Bytes as they are: a number of them, all up to a token, or all there are. */
final class BytesNode extends Node {
  private static final long ALL = Long.MAX_VALUE;

  private final @Nullable LuaValue count;
  private final @Nullable CompiledRegexp token;
  private final @Nullable LuaValue chunked;
  private final @Nullable LuaString name;
  private final Property property;

  BytesNode(Place place, Kind.Bytes kind, Traits traits) {
    super(place);
    LuaString pattern = kind.untilToken();
    count = kind.count();
    token = pattern == null ? null : CompiledRegexp.compile(pattern, 0);
    chunked = kind.chunked();
    name = traits.name();
    property = Property.of(traits);
  }

  @Override
  boolean parse(ParseContext context) {
    if (context.bitOffset() != 0) {
      return context.fail("byte primitive requires aligned bits");
    }
    long wanted = wanted(context);
    if (context.error() != null) {
      return false;
    }
    if (wanted < 0) {
      return context.fail("byte count must not be negative, got " + wanted);
    }
    CompiledRegexp until = token;
    LuaValue callback = chunked;
    if (until != null) {
      return new UntilToken(context, until, callback).run(this);
    }
    if (callback != null) {
      return new Chunks(context, callback).run(wanted);
    }
    SubBuffer range = context.take(wanted);
    publish(context, range);
    return true;
  }

  private long wanted(ParseContext context) {
    LuaValue limit = count;
    if (limit == null) {
      return ALL;
    }
    LuaValue value = limit.isfunction() ? limit.call(context.result(), context) : limit;
    if (context.error() == null && !value.isnumber()) {
      throw Raised.at("attempt to compare " + value.typename() + " with number");
    }
    return (long) value.todouble();
  }

  /** Makes the range the value of the field. */
  void publish(ParseContext context, @Nullable SubBuffer range) {
    LuaString key = name;
    if (key == null) {
      return;
    }
    Bindings bindings = context.bindings();
    LuaValue value = range == null ? LuaValue.NIL : bindings.sub(range);
    LuaTable result = context.result();
    if (context.isCreating() && context.init().istable()) {
      LuaValue init = context.init().get(key);
      if (!init.isnil()) {
        RawField.replace(value, property.stored(init));
      }
    }
    if (property.reader() != null && result instanceof ResultTable table) {
      table.add(key, new RawField(property, value));
    } else {
      result.set(key, value);
    }
  }

  @Override
  @Nullable LuaString name() {
    return name;
  }

  @Override
  String className() {
    return "DGBytes";
  }
}
