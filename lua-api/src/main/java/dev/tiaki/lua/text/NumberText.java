package dev.tiaki.lua.text;

import java.util.Locale;
import org.luaj.vm2.LuaDouble;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** Numbers as Lua shows them: {@code %.14g} of C. */
public final class NumberText {
  /** The significant digits that Lua 5.1 and 5.2 print. */
  private static final int LUA_DIGITS = 14;

  /** Below this every whole double has at most 14 digits, so that {@code %.14g} writes them all. */
  private static final double WHOLE_LIMIT = 1e14;

  private NumberText() {}

  /** Returns the text of a number as {@code tostring} gives it. */
  public static String of(double value) {
    if (value == Math.rint(value) && Math.abs(value) < WHOLE_LIMIT) {
      long whole = (long) value;
      return whole == 0 && 1 / value < 0 ? "-0" : Long.toString(whole);
    }
    if (Double.isNaN(value)) {
      return "nan";
    }
    String sign = value < 0 ? "-" : "";
    if (Double.isInfinite(value)) {
      return sign + "inf";
    }
    return sign + general(Math.abs(value));
  }

  private static String general(double size) {
    String shortest = Double.toString(size);
    // The shortest text that reads back as the same double is what %.14g writes, if it has no
    // more digits than that: the exact value is nearer to it than half a unit of the 14th digit.
    if (size >= 1e-3 && size < 1e7 && shortest.length() <= LUA_DIGITS + 1) {
      return shortest;
    }
    return CFloat.general(size, LUA_DIGITS, false);
  }

  /** Returns a number or string value as a Lua string; numbers as {@link #of} writes them. */
  public static LuaString stringOf(LuaValue value) {
    return value instanceof LuaDouble number
        ? LuaString.valueOf(of(number.todouble()))
        : value.strvalue();
  }

  /** Returns the value itself, but for doubles their text, so that LuaJ cannot format them. */
  public static LuaValue spelled(LuaValue value) {
    return value instanceof LuaDouble number ? LuaString.valueOf(of(number.todouble())) : value;
  }

  /** Returns an address-like text that tells objects of one kind apart, such as table: 0x0012ab. */
  public static String identity(String kind, Object object) {
    return String.format(Locale.ROOT, "%s: 0x%08x", kind, System.identityHashCode(object));
  }
}
