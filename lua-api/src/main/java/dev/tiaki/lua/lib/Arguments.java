package dev.tiaki.lua.lib;

import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.text.NumberText;
import org.luaj.vm2.LuaDouble;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Arguments of library functions, checked, with C Lua's words for wrong ones. */
public final class Arguments {
  private Arguments() {}

  /** Returns the error that argument {@code index} of {@code function} is wrong. */
  public static Raised bad(int index, String function, String problem) {
    return Raised.at("bad argument #" + index + " to '" + function + "' (" + problem + ")");
  }

  private static Raised wrongType(Varargs all, int index, String function, String expected) {
    String got = index > all.narg() ? "no value" : all.arg(index).typename();
    return bad(index, function, expected + " expected, got " + got);
  }

  /** Returns a string; a number becomes its text. */
  public static LuaString string(Varargs all, int index, String function) {
    LuaValue value = all.arg(index);
    if (value instanceof LuaString text) {
      return text;
    }
    if (value instanceof LuaNumber) {
      return NumberText.stringOf(value);
    }
    throw wrongType(all, index, function, "string");
  }

  /** Returns a string, or {@code otherwise} for nil and nothing. */
  public static LuaString stringOr(Varargs all, int index, String function, LuaString otherwise) {
    return all.isnoneornil(index) ? otherwise : string(all, index, function);
  }

  /** Returns a number; a numeric string becomes its value. */
  public static double number(Varargs all, int index, String function) {
    LuaValue value = all.arg(index);
    if (value instanceof LuaNumber) {
      return value.todouble();
    }
    if (value instanceof LuaString text) {
      LuaValue parsed = NumberParser.parse(text);
      if (!parsed.isnil()) {
        return parsed.todouble();
      }
    }
    throw wrongType(all, index, function, "number");
  }

  /** Returns a number cut to a whole one, as C casts it; clamped to the range of long. */
  public static long integer(Varargs all, int index, String function) {
    LuaValue value = all.arg(index);
    return value instanceof LuaInteger whole ? whole.v : (long) number(all, index, function);
  }

  /** Returns a whole number, or {@code otherwise} for nil and nothing. */
  public static long integerOr(Varargs all, int index, String function, long otherwise) {
    return all.isnoneornil(index) ? otherwise : integer(all, index, function);
  }

  /** Returns a table. */
  public static LuaTable table(Varargs all, int index, String function) {
    if (all.arg(index) instanceof LuaTable table) {
      return table;
    }
    throw wrongType(all, index, function, "table");
  }

  /** Returns a function. */
  public static LuaValue function(Varargs all, int index, String function) {
    LuaValue value = all.arg(index);
    if (value.isfunction()) {
      return value;
    }
    throw wrongType(all, index, function, "function");
  }

  /** Returns any value, nil included, but something. */
  public static LuaValue any(Varargs all, int index, String function) {
    if (index > all.narg()) {
      throw bad(index, function, "value expected");
    }
    return all.arg(index);
  }

  /** Returns the number as a Lua value, whole where it is whole. */
  public static LuaValue valueOf(double number) {
    return number == (int) number && (number != 0 || 1 / number > 0)
        ? LuaInteger.valueOf((int) number)
        : LuaDouble.valueOf(number);
  }
}
