package dev.tiaki.lua.lib.base;

import dev.tiaki.lua.lib.Arguments;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.LibFunction;

/** {@code type(v)}. */
final class TypeFunction extends LibFunction {
  private static final LuaString[] NAMES = new LuaString[LuaValue.TYPE_NAMES.length];

  static {
    for (int i = 0; i < NAMES.length; i++) {
      NAMES[i] = LuaString.valueOf(LuaValue.TYPE_NAMES[i]);
    }
  }

  @Override
  public LuaValue call() {
    throw Arguments.bad(1, "type", "value expected");
  }

  @Override
  public LuaValue call(LuaValue value) {
    int type = value.type();
    return type < 0 ? value.typename().isEmpty() ? LuaValue.NIL : nameOf(value) : NAMES[type];
  }

  private static LuaValue nameOf(LuaValue value) {
    return LuaString.valueOf(value.typename());
  }

  @Override
  public LuaValue call(LuaValue value, LuaValue second) {
    return call(value);
  }

  @Override
  public LuaValue call(LuaValue value, LuaValue second, LuaValue third) {
    return call(value);
  }

  @Override
  public Varargs invoke(Varargs arguments) {
    return arguments.narg() == 0 ? call() : call(arguments.arg1());
  }
}
