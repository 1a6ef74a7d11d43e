package dev.tiaki.lua.lib.base;

import dev.tiaki.lua.lib.Arguments;
import dev.tiaki.lua.lib.Builtin;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The functions that look past metatables. */
final class RawFunctions {
  private RawFunctions() {}

  static void install(LuaTable globals) {
    Builtin.add(
        globals,
        "rawget",
        a -> Arguments.table(a, 1, "rawget").rawget(Arguments.any(a, 2, "rawget")));
    Builtin.add(globals, "rawset", RawFunctions::rawset);
    Builtin.add(
        globals,
        "rawequal",
        a ->
            LuaValue.valueOf(
                Arguments.any(a, 1, "rawequal").raweq(Arguments.any(a, 2, "rawequal"))));
    Builtin.add(globals, "rawlen", RawFunctions::rawlen);
  }

  private static Varargs rawset(Varargs a) {
    LuaTable table = Arguments.table(a, 1, "rawset");
    LuaValue key = Arguments.any(a, 2, "rawset");
    table.rawset(key.checknotnil(), Arguments.any(a, 3, "rawset"));
    return table;
  }

  private static Varargs rawlen(Varargs a) {
    LuaValue value = a.arg1();
    if (!value.istable() && !(value instanceof LuaString)) {
      throw Arguments.bad(1, "rawlen", "table or string expected");
    }
    return LuaValue.valueOf(value.rawlen());
  }
}
