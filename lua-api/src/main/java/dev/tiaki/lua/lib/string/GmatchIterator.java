package dev.tiaki.lua.lib.string;

import dev.tiaki.lua.budget.RuleBudget;
import dev.tiaki.lua.lib.Arguments;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.VarArgFunction;

/** The iterator that {@code string.gmatch(s, pattern)} returns. */
final class GmatchIterator extends VarArgFunction {
  private final LuaString text;
  private final LuaString pattern;
  private final PatternMatch match;
  private int next;

  private GmatchIterator(RuleBudget budget, LuaString text, LuaString pattern) {
    this.text = text;
    this.pattern = pattern;
    this.match = new PatternMatch(budget, text, pattern);
    this.next = text.m_offset;
  }

  static GmatchIterator over(RuleBudget budget, Varargs a) {
    return new GmatchIterator(
        budget, Arguments.string(a, 1, "gmatch"), Arguments.string(a, 2, "gmatch"));
  }

  @Override
  public Varargs invoke(Varargs a) {
    int last = text.m_offset + text.m_length;
    for (int start = next; start <= last; start++) {
      int end = match.matchAt(start, pattern.m_offset);
      if (end != PatternMatch.NO_MATCH) {
        next = end == start ? end + 1 : end;
        return match.captures(start, end, true);
      }
    }
    next = last + 1;
    return NIL;
  }
}
