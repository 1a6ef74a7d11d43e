package dev.tiaki.lua.binding;

import org.luaj.vm2.LuaValue;

/** A {@code regexp_result}: where a match fed as strings begins and ends, -1 while unknown. */
final class RegexpResultValue extends NativeObject {
  private static final AttributeNames ATTRIBUTES = AttributeNames.of("first", "last");
  private static final int FIRST = 0;

  private long first = -1;
  private long last = -1;

  RegexpResultValue(NativeClass nativeClass) {
    super(new Object(), nativeClass);
  }

  static NativeClass describe() {
    return new NativeClass("regexp_result", ATTRIBUTES);
  }

  void set(long begin, long end) {
    first = begin;
    last = end;
  }

  @Override
  protected LuaValue read(int attribute) {
    return Arg.count(attribute == FIRST ? first : last);
  }

  @Override
  protected void write(int attribute, LuaValue value) {
    if (attribute == FIRST) {
      first = (long) Arg.number(value);
    } else {
      last = (long) Arg.number(value);
    }
  }
}
