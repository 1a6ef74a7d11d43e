package dev.tiaki.lua.lib.base;

import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.lib.Arguments;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.VarArgFunction;

/** {@code unpack(table [, first [, last]])}, the same as {@code table.unpack}. */
public final class UnpackFunction extends VarArgFunction {
  /** C Lua's limit comes from its stack of a million slots. */
  private static final long MOST_RESULTS = 1_000_000;

  /** Makes the function. */
  public UnpackFunction() {}

  @Override
  public Varargs invoke(Varargs a) {
    LuaTable table = Arguments.table(a, 1, "unpack");
    long first = Arguments.integerOr(a, 2, "unpack", 1);
    long last = a.isnoneornil(3) ? table.rawlen() : Arguments.integer(a, 3, "unpack");
    if (first > last) {
      return NONE;
    }
    if (last - first >= MOST_RESULTS || last - first < 0) {
      throw Raised.at("too many results to unpack");
    }
    LuaValue[] values = new LuaValue[(int) (last - first) + 1];
    for (int i = 0; i < values.length; i++) {
      values[i] = table.rawget((int) first + i);
    }
    return LuaValue.varargsOf(values);
  }
}
