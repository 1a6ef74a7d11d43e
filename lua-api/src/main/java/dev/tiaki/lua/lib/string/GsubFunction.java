package dev.tiaki.lua.lib.string;

import dev.tiaki.lua.budget.RuleBudget;
import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.lib.Arguments;
import dev.tiaki.lua.text.NumberText;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.VarArgFunction;

/** {@code string.gsub(s, pattern, replacement [, n])}. */
final class GsubFunction extends VarArgFunction {
  private final RuleBudget budget;

  GsubFunction(RuleBudget budget) {
    this.budget = budget;
  }

  @Override
  public Varargs invoke(Varargs a) {
    LuaString text = Arguments.string(a, 1, "gsub");
    LuaString pattern = Arguments.string(a, 2, "gsub");
    LuaValue replacement = replacement(a);
    long most = Arguments.integerOr(a, 4, "gsub", text.m_length + 1L);
    boolean anchored = pattern.m_length > 0 && pattern.m_bytes[pattern.m_offset] == '^';
    int first = pattern.m_offset + (anchored ? 1 : 0);
    PatternMatch match = new PatternMatch(budget, text, pattern);
    BoundedBytes result = new BoundedBytes(budget, text.m_length);
    int s = text.m_offset;
    int last = s + text.m_length;
    int count = 0;
    while (count < most) {
      int end = match.matchAt(s, first);
      if (end != PatternMatch.NO_MATCH) {
        count++;
        append(result, match, text, replacement, s, end);
      }
      if (end != PatternMatch.NO_MATCH && end > s) {
        s = end;
      } else if (s < last) {
        result.append(text.m_bytes[s++]);
      } else {
        break;
      }
      if (anchored) {
        break;
      }
    }
    result.append(text.m_bytes, s, last - s);
    return LuaValue.varargsOf(result.toLuaString(), LuaInteger.valueOf(count));
  }

  private static LuaValue replacement(Varargs a) {
    LuaValue value = a.arg(3);
    boolean fits =
        value instanceof LuaNumber
            || value instanceof LuaString
            || value instanceof LuaTable
            || value.isfunction();
    if (!fits) {
      throw Arguments.bad(3, "gsub", "string/function/table expected");
    }
    return NumberText.spelled(value);
  }

  private static void append(
      BoundedBytes result,
      PatternMatch match,
      LuaString text,
      LuaValue replacement,
      int start,
      int end) {
    LuaValue value;
    if (replacement.isfunction()) {
      value = replacement.invoke(match.captures(start, end, true)).arg1();
    } else if (replacement instanceof LuaTable table) {
      value = table.get(match.capture(0, start, end));
    } else {
      template(result, match, replacement.strvalue(), start, end);
      return;
    }
    if (!value.toboolean()) {
      result.append(text.m_bytes, start, end - start);
    } else if (value instanceof LuaString || value instanceof LuaNumber) {
      result.append(NumberText.stringOf(value));
    } else {
      throw Raised.at("invalid replacement value (a " + value.typename() + ")");
    }
  }

  private static void template(
      BoundedBytes result, PatternMatch match, LuaString template, int start, int end) {
    for (int i = 0; i < template.m_length; i++) {
      byte c = template.m_bytes[template.m_offset + i];
      if (c != '%') {
        result.append(c);
        continue;
      }
      byte next = ++i < template.m_length ? template.m_bytes[template.m_offset + i] : 0;
      if (next == '0') {
        result.append(match.text(start, end));
      } else if (next >= '1' && next <= '9') {
        result.append(NumberText.stringOf(match.capture(next - '1', start, end)));
      } else if (next == '%' || i < template.m_length) {
        result.append(next);
      } else {
        throw Raised.at("invalid use of '%' in replacement string");
      }
    }
  }
}
