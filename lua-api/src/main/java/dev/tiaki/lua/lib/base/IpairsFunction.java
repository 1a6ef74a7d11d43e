package dev.tiaki.lua.lib.base;

import dev.tiaki.lua.lib.Arguments;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.VarArgFunction;

/** {@code ipairs(table)}: raw, blind to {@code __index}, as in 5.1 and 5.2. */
final class IpairsFunction extends VarArgFunction {
  private static final LuaValue STEP = new Step();

  @Override
  public Varargs invoke(Varargs a) {
    LuaTable table = Arguments.table(a, 1, "ipairs");
    return LuaValue.varargsOf(STEP, table, LuaInteger.valueOf(0));
  }

  private static final class Step extends VarArgFunction {
    @Override
    public Varargs invoke(Varargs a) {
      int index = a.arg(2).toint() + 1;
      LuaValue value = Arguments.table(a, 1, "ipairs").rawget(index);
      return value.isnil() ? LuaValue.NIL : LuaValue.varargsOf(LuaInteger.valueOf(index), value);
    }
  }
}
