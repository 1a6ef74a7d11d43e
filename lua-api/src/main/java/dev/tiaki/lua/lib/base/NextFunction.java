package dev.tiaki.lua.lib.base;

import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.lib.Arguments;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.VarArgFunction;

/** {@code next(table [, key])}. */
final class NextFunction extends VarArgFunction {
  @Override
  public Varargs invoke(Varargs a) {
    try {
      return Arguments.table(a, 1, "next").next(a.arg(2));
    } catch (Raised wrongArgument) {
      throw wrongArgument;
    } catch (LuaError unknownKey) {
      throw Raised.at("invalid key to 'next'");
    }
  }
}
