package dev.tiaki.lua.haka;

import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** The module {@code color}: escape strings, empty when standard output shows no colours. */
final class ColorTable {
  private static final String[] NAMES = {
    "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"
  };
  private static final int FIRST_FOREGROUND = 30;

  private ColorTable() {}

  static LuaTable of(boolean colors) {
    LuaTable table = new LuaTable();
    table.rawset("clear", escape(colors, "0"));
    table.rawset("bold", escape(colors, "1"));
    for (int i = 0; i < NAMES.length; i++) {
      table.rawset(NAMES[i], escape(colors, Integer.toString(FIRST_FOREGROUND + i)));
    }
    return table;
  }

  private static LuaValue escape(boolean colors, String code) {
    return LuaValue.valueOf(colors ? "\u001b[" + code + "m" : "");
  }
}
