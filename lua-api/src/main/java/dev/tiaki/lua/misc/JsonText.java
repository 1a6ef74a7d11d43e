package dev.tiaki.lua.misc;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.lib.base.ToText;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Lua values as JSON: tables are objects, numbers real ones. */
final class JsonText {
  private static final int MAX_DEPTH = 50;

  private JsonText() {}

  /**
   * Returns a value as JSON.
   *
   * @throws Raised {@code function cannot be converted to json}, or when tables nest too deeply
   */
  static String of(LuaValue value) {
    StringBuilder json = new StringBuilder();
    append(json, value, 0);
    return json.toString();
  }

  private static void append(StringBuilder json, LuaValue value, int depth) {
    if (depth > MAX_DEPTH) {
      throw Raised.plain("table is nested too deeply for json");
    }
    switch (value.type()) {
      case LuaValue.TNIL -> json.append("null");
      case LuaValue.TBOOLEAN -> json.append(value.toboolean());
      case LuaValue.TNUMBER -> number(json, value.todouble());
      case LuaValue.TSTRING -> text(json, value.strvalue());
      case LuaValue.TTABLE -> table(json, value.checktable(), depth);
      case LuaValue.TFUNCTION -> throw Raised.plain("function cannot be converted to json");
      default -> text(json, ToText.stringOf(value));
    }
  }

  private static void number(StringBuilder json, double value) {
    json.append(Double.isFinite(value) ? Double.toString(value) : "null");
  }

  private static void table(StringBuilder json, LuaTable table, int depth) {
    if (!table.metatag(LuaValue.valueOf("__tostring")).isnil()) {
      text(json, ToText.stringOf(table));
      return;
    }
    json.append('{');
    String separator = "";
    LuaValue key = LuaValue.NIL;
    for (Varargs entry = table.next(key); !entry.arg1().isnil(); entry = table.next(key)) {
      key = entry.arg1();
      json.append(separator);
      text(json, ToText.stringOf(key));
      json.append(':');
      append(json, entry.arg(2), depth + 1);
      separator = ",";
    }
    json.append('}');
  }

  private static void text(StringBuilder json, LuaString value) {
    String text = new String(value.m_bytes, value.m_offset, value.m_length, UTF_8);
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }
}
