package dev.tiaki.lua.grammar;

import dev.tiaki.engine.buffer.BufferIterator;
import dev.tiaki.engine.buffer.SubBuffer;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** An unsigned number of any width up to 64 bits; several may share a byte. */
final class NumberNode extends Node {
  private static final int BYTE_BITS = 8;

  private final int bits;
  private final boolean littleEndian;
  private final @Nullable LuaString name;
  private final Property property;
  private final Applies applies;

  NumberNode(Place place, Kind.Digits kind, Traits traits) {
    super(place);
    bits = kind.bits();
    littleEndian = kind.littleEndian();
    name = traits.name();
    property = Property.of(traits);
    applies = new Applies(traits.applies());
  }

  @Override
  boolean parse(ParseContext context) {
    int offset = context.bitOffset();
    int end = offset + bits;
    BufferIterator position = context.position();
    SubBuffer range = context.take((end + BYTE_BITS - 1) / BYTE_BITS);
    if (end % BYTE_BITS != 0 && range != null) {
      long meter = position.meter() - range.size() + end / BYTE_BITS;
      position.moveTo(range.position(end / BYTE_BITS));
      position.setMeter(meter);
    }
    context.setBitOffset(end % BYTE_BITS);
    NumberField field = new NumberField(property, range, offset, bits, littleEndian);
    LuaString key = name;
    if (key != null && context.result() instanceof ResultTable result) {
      result.add(key, field);
      if (context.isCreating()) {
        create(context, result, key);
      }
    }
    return applies.isEmpty()
        || applies.run(property.shown(field.load()), context.result(), context);
  }

  private static void create(ParseContext context, ResultTable result, LuaString key) {
    LuaValue init = context.init();
    LuaValue value = init.istable() ? init.get(key) : LuaValue.NIL;
    if (value.isnil()) {
      result.compute(key);
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
    return "DGNumber";
  }

  @Override
  String traceName() {
    return "number " + bits + " bits (" + (littleEndian ? "little" : "big") + " endian)";
  }
}
