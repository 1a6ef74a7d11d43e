package dev.tiaki.lua.lib.base;

import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.lib.Arguments;
import dev.tiaki.lua.state.LuaState;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code getmetatable} and {@code setmetatable}. */
final class Metatables {
  private static final LuaString PROTECTED = LuaString.valueOf("__metatable");

  private Metatables() {}

  static Varargs get(LuaState state, Varargs a) {
    LuaValue value = Arguments.any(a, 1, "getmetatable");
    LuaValue metatable =
        value instanceof LuaString ? state.stringMetatable() : value.getmetatable();
    if (metatable == null) {
      return LuaValue.NIL;
    }
    LuaValue shown = metatable.rawget(PROTECTED);
    return shown.isnil() ? metatable : shown;
  }

  static Varargs set(Varargs a) {
    LuaTable table = Arguments.table(a, 1, "setmetatable");
    LuaValue metatable = Arguments.any(a, 2, "setmetatable");
    if (!metatable.isnil() && !metatable.istable()) {
      throw Arguments.bad(2, "setmetatable", "nil or table expected");
    }
    LuaValue old = table.getmetatable();
    if (old != null && !old.rawget(PROTECTED).isnil()) {
      throw Raised.at("cannot change a protected metatable");
    }
    return table.setmetatable(metatable.isnil() ? null : metatable);
  }
}
