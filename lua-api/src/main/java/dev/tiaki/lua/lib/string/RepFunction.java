package dev.tiaki.lua.lib.string;

import dev.tiaki.lua.budget.RuleBudget;
import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.lib.Arguments;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code string.rep(s, n [, separator])}. */
final class RepFunction {
  private final RuleBudget budget;

  RepFunction(RuleBudget budget) {
    this.budget = budget;
  }

  Varargs rep(Varargs a) {
    LuaString text = Arguments.string(a, 1, "rep");
    long count = Arguments.integer(a, 2, "rep");
    LuaString separator = Arguments.stringOr(a, 3, "rep", LuaValue.EMPTYSTRING);
    long unit = (long) text.m_length + separator.m_length;
    if (count <= 0 || unit == 0) {
      return LuaValue.EMPTYSTRING;
    }
    if (count > Integer.MAX_VALUE || !budget.allowsString(unit * count - separator.m_length)) {
      throw Raised.at("resulting string too large");
    }
    byte[] result = new byte[(int) (unit * count - separator.m_length)];
    int at = 0;
    for (long i = 0; i < count; i++) {
      at = append(text, result, at);
      if (i + 1 < count) {
        at = append(separator, result, at);
      }
    }
    return LuaString.valueOf(result);
  }

  private static int append(LuaString part, byte[] result, int at) {
    System.arraycopy(part.m_bytes, part.m_offset, result, at, part.m_length);
    return at + part.m_length;
  }
}
