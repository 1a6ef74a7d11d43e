package dev.tiaki.lua.lib.base;

import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.fault.SilentRaised;
import dev.tiaki.lua.lib.Arguments;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.VarArgFunction;

/** {@code error(value [, level])}. */
final class ErrorFunction extends VarArgFunction {
  @Override
  public Varargs invoke(Varargs a) {
    throw raised(a.arg1(), Arguments.integerOr(a, 2, "error", 1));
  }

  static Raised raised(LuaValue value, long level) {
    return value.isnil() ? new SilentRaised(value) : new Raised(value, (int) level);
  }
}
