package dev.tiaki.lua.lib.base;

import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.lib.Arguments;
import dev.tiaki.lua.lib.Builtin;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * The functions of 5.1 that deal with environments. Compiled functions have the globals as theirs;
 * code with another environment comes from {@code load(source, name, mode, environment)}.
 */
public final class Environments {
  private Environments() {}

  static void install(LuaTable globals) {
    addTo(globals, globals);
    Builtin.add(
        globals,
        "module",
        a -> {
          throw Raised.at("module() is not supported: return a table from the file instead");
        });
  }

  /** Puts {@code getfenv} and {@code setfenv} into a library. */
  public static void addTo(LuaTable library, LuaTable globals) {
    Builtin.add(library, "getfenv", a -> globals);
    Builtin.add(library, "setfenv", a -> setfenv(a, globals));
  }

  private static Varargs setfenv(Varargs a, LuaTable globals) {
    LuaValue environment = Arguments.table(a, 2, "setfenv");
    if (environment != globals) {
      throw Raised.at(
          "setfenv() is not supported: use load(source, name, 't', environment) instead");
    }
    return a.arg1();
  }
}
