package dev.tiaki.lua.lib.string;

import dev.tiaki.lua.budget.RuleBudget;
import dev.tiaki.lua.lib.Arguments;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.VarArgFunction;

/** {@code string.find} and {@code string.match}. */
final class FindFunction extends VarArgFunction {
  private final RuleBudget budget;
  private final boolean find;

  FindFunction(RuleBudget budget, boolean find) {
    this.budget = budget;
    this.find = find;
  }

  @Override
  public Varargs invoke(Varargs a) {
    String name = find ? "find" : "match";
    LuaString text = Arguments.string(a, 1, name);
    LuaString pattern = Arguments.string(a, 2, name);
    long position = Positions.absolute(Arguments.integerOr(a, 3, name, 1), text.m_length);
    int start = Math.clamp(position - 1, 0, text.m_length);
    if (find && (a.arg(4).toboolean() || isPlain(pattern))) {
      return plain(text, pattern, start);
    }
    return search(text, pattern, start);
  }

  private Varargs search(LuaString text, LuaString pattern, int start) {
    boolean anchored = pattern.m_length > 0 && pattern.m_bytes[pattern.m_offset] == '^';
    int first = pattern.m_offset + (anchored ? 1 : 0);
    PatternMatch match = new PatternMatch(budget, text, pattern);
    for (int i = start; i <= text.m_length; i++) {
      int at = text.m_offset + i;
      int end = match.matchAt(at, first);
      if (end != PatternMatch.NO_MATCH) {
        return found(match, text, at, end);
      }
      if (anchored) {
        break;
      }
    }
    return NIL;
  }

  private Varargs found(PatternMatch match, LuaString text, int start, int end) {
    if (!find) {
      return match.captures(start, end, true);
    }
    LuaValue first = LuaInteger.valueOf(start - text.m_offset + 1);
    LuaValue last = LuaInteger.valueOf(end - text.m_offset);
    return match.captureCount() == 0
        ? LuaValue.varargsOf(first, last)
        : LuaValue.varargsOf(first, last, match.captures(start, end, false));
  }

  private static Varargs plain(LuaString text, LuaString wanted, int start) {
    int at = text.indexOf(wanted, start);
    return at < 0
        ? NIL
        : LuaValue.varargsOf(LuaInteger.valueOf(at + 1), LuaInteger.valueOf(at + wanted.m_length));
  }

  /** A pattern without magic characters is found faster as it is. */
  private static boolean isPlain(LuaString pattern) {
    for (int i = 0; i < pattern.m_length; i++) {
      switch (pattern.m_bytes[pattern.m_offset + i]) {
        case '^', '$', '*', '+', '?', '.', '(', ')', '[', '%', '-' -> {
          return false;
        }
        default -> {}
      }
    }
    return true;
  }
}
