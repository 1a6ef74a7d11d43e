package dev.tiaki.lua.lib.base;

import dev.tiaki.lua.lib.Arguments;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.VarArgFunction;

/** {@code pairs(value)}: asks {@code __pairs} first, as 5.2 does. */
final class PairsFunction extends VarArgFunction {
  private static final LuaString PAIRS = LuaString.valueOf("__pairs");

  private final LuaValue next;

  PairsFunction(LuaValue next) {
    this.next = next;
  }

  @Override
  public Varargs invoke(Varargs a) {
    LuaValue handler = Arguments.any(a, 1, "pairs").metatag(PAIRS);
    if (handler.isnil()) {
      return LuaValue.varargsOf(next, Arguments.table(a, 1, "pairs"), LuaValue.NIL);
    }
    Varargs results = handler.invoke(a.arg1());
    return LuaValue.varargsOf(results.arg1(), results.arg(2), results.arg(3));
  }
}
