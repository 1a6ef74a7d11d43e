package dev.tiaki.lua.lib.base;

import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.text.NumberText;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** Values as {@code tostring} gives them. */
public final class ToText {
  private ToText() {}

  /** Returns what {@code tostring} returns; a {@code __tostring} decides itself what that is. */
  public static LuaValue of(LuaValue value) {
    if (value instanceof LuaString) {
      return value;
    }
    if (value instanceof LuaNumber) {
      return NumberText.stringOf(value);
    }
    LuaValue handler = value.metatag(LuaValue.TOSTRING);
    return handler.isnil() ? LuaString.valueOf(plain(value)) : handler.call(value);
  }

  /** Returns the text of a value, for functions that must have a string. */
  public static LuaString stringOf(LuaValue value) {
    LuaValue text = of(value);
    if (text instanceof LuaString || text instanceof LuaNumber) {
      return NumberText.stringOf(text);
    }
    throw Raised.at("'tostring' must return a string");
  }

  private static String plain(LuaValue value) {
    return switch (value.type()) {
      case LuaValue.TTABLE -> NumberText.identity("table", value);
      case LuaValue.TFUNCTION -> NumberText.identity("function", value);
      default -> value.tojstring();
    };
  }
}
