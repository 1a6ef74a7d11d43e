package dev.tiaki.lua.lib.string;

import dev.tiaki.lua.lib.Arguments;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.VarArgFunction;

/** {@code string.sub(s, first [, last])}; the result shares the bytes of the string. */
final class SubFunction extends VarArgFunction {
  @Override
  public LuaValue call(LuaValue text, LuaValue first) {
    return text instanceof LuaString bytes && first instanceof LuaInteger start
        ? part(bytes, start.v, -1)
        : super.call(text, first);
  }

  @Override
  public LuaValue call(LuaValue text, LuaValue first, LuaValue last) {
    return text instanceof LuaString bytes
            && first instanceof LuaInteger start
            && last instanceof LuaInteger end
        ? part(bytes, start.v, end.v)
        : super.call(text, first, last);
  }

  @Override
  public Varargs invoke(Varargs a) {
    return part(
        Arguments.string(a, 1, "sub"),
        Arguments.integer(a, 2, "sub"),
        Arguments.integerOr(a, 3, "sub", -1));
  }

  private static LuaString part(LuaString text, long first, long last) {
    int length = text.m_length;
    int start = (int) Math.max(1, Positions.absolute(first, length));
    int end = (int) Math.min(length, Positions.absolute(last, length));
    return start > end ? EMPTYSTRING : text.substring(start - 1, end);
  }
}
