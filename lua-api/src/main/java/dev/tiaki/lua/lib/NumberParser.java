package dev.tiaki.lua.lib;

import dev.tiaki.lua.text.ByteText;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** Reads numbers out of strings as {@code tonumber} does. */
public final class NumberParser {
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
  private static final Pattern HEXADECIMAL =
      Pattern.compile(
          "([+-]?)0[xX](?=[.]?[0-9a-fA-F])([0-9a-fA-F]*)\\.?([0-9a-fA-F]*)([pP][+-]?\\d+)?");
  private static final String SPACE = " \t\n\u000b\f\r";

  private NumberParser() {}

  /** Returns the number that {@code text} is, blanks around it aside, or nil. */
  public static LuaValue parse(LuaString text) {
    String trimmed = trim(ByteText.of(text));
    if (DECIMAL.matcher(trimmed).matches()) {
      return Arguments.valueOf(Double.parseDouble(trimmed));
    }
    Matcher hex = HEXADECIMAL.matcher(trimmed);
    if (!hex.matches()) {
      return LuaValue.NIL;
    }
    String exponent = hex.group(4) == null ? "p0" : hex.group(4);
    String java = hex.group(1) + "0x" + hex.group(2) + "." + hex.group(3) + exponent;
    return Arguments.valueOf(Double.parseDouble(java));
  }

  /**
   * Returns the number that {@code text} is in a base from 2 to 36, or nil. Unsigned, as C's
   * strtoul: a minus wraps around only in 5.1, here it negates.
   */
  public static LuaValue parse(LuaString text, int base) {
    String trimmed = trim(ByteText.of(text));
    boolean negative = trimmed.startsWith("-");
    int start = negative ? 1 : 0;
    if (base == 16 && trimmed.regionMatches(true, start, "0x", 0, 2)) {
      start += 2;
    }
    if (start == trimmed.length()) {
      return LuaValue.NIL;
    }
    double value = 0;
    for (int i = start; i < trimmed.length(); i++) {
      int digit = trimmed.charAt(i) < 128 ? Character.digit(trimmed.charAt(i), base) : -1;
      if (digit < 0) {
        return LuaValue.NIL;
      }
      value = value * base + digit;
    }
    return Arguments.valueOf(negative ? -value : value);
  }

  private static String trim(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && SPACE.indexOf(text.charAt(start)) >= 0) {
      start++;
    }
    while (start < end && SPACE.indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return text.substring(start, end);
  }
}
