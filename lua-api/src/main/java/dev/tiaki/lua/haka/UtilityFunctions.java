package dev.tiaki.lua.haka;

import dev.tiaki.lua.lib.Builtin;
import dev.tiaki.lua.lib.base.ToText;
import dev.tiaki.lua.runtime.LuaRuntime;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Haka's additions to the standard libraries. */
final class UtilityFunctions {
  private static final int FIRST_PRINTABLE = 0x20;
  private static final int LAST_PRINTABLE = 0x7e;

  private UtilityFunctions() {}

  static void addTo(LuaRuntime runtime) {
    LuaTable globals = runtime.globals();
    Builtin.add(globals, "sorted_pairs", UtilityFunctions::sortedPairs);
    Builtin.add(globals.get("string").checktable(), "safe_format", UtilityFunctions::safeFormat);
    LuaTable table = globals.get("table").checktable();
    Builtin.add(table, "merge", UtilityFunctions::merge);
    Builtin.add(table, "append", UtilityFunctions::append);
    Builtin.add(table, "copy", all -> copyInto(new LuaTable(), all.checktable(1)));
    Builtin.add(table, "dict", UtilityFunctions::dictionary);
    Builtin.add(table, "invert", UtilityFunctions::invert);
    Builtin.add(table, "contains", UtilityFunctions::contains);
  }

  private static Varargs sortedPairs(Varargs all) {
    LuaTable table = all.checktable(1);
    List<LuaValue> keys = new ArrayList<>(Arrays.asList(table.keys()));
    LuaValue less = all.arg(2);
    if (less.isnil()) {
      keys.sort(Comparator.comparing(ToText::stringOf, LuaString::strcmp));
    } else {
      LuaTable sorted = LuaValue.listOf(keys.toArray(new LuaValue[0]));
      sorted.sort(less);
      for (int i = 0; i < keys.size(); i++) {
        keys.set(i, sorted.get(i + 1));
      }
    }
    int[] next = {0};
    return Builtin.of(
        "sorted_pairs",
        ignored -> {
          if (next[0] == keys.size()) {
            return LuaValue.NIL;
          }
          LuaValue key = keys.get(next[0]++);
          return LuaValue.varargsOf(key, table.get(key));
        });
  }

  private static Varargs safeFormat(Varargs all) {
    LuaString text = all.checkstring(1);
    boolean keepsNewlines = all.arg(2).toboolean();
    ByteArrayOutputStream safe = new ByteArrayOutputStream(text.m_length + 16);
    for (int i = 0; i < text.m_length; i++) {
      int octet = text.luaByte(i);
      boolean printable = octet >= FIRST_PRINTABLE && octet <= LAST_PRINTABLE;
      if (printable || (octet == '\n' && keepsNewlines)) {
        safe.write(octet);
      } else {
        safe.writeBytes(String.format("\\x%02x", octet).getBytes(StandardCharsets.ISO_8859_1));
      }
    }
    return LuaString.valueUsing(safe.toByteArray());
  }

  private static LuaTable copyInto(LuaTable target, LuaTable source) {
    for (LuaValue key : source.keys()) {
      target.set(key, source.get(key));
    }
    return target;
  }

  private static Varargs merge(Varargs all) {
    return copyInto(all.checktable(1), all.checktable(2));
  }

  private static Varargs append(Varargs all) {
    LuaTable target = all.checktable(1);
    LuaTable source = all.checktable(2);
    for (int i = 1; i <= source.length(); i++) {
      target.set(target.length() + 1, source.get(i));
    }
    return target;
  }

  private static Varargs dictionary(Varargs all) {
    LuaTable values = all.checktable(1);
    LuaTable set = new LuaTable();
    for (int i = 1; i <= values.length(); i++) {
      set.set(values.get(i), LuaValue.TRUE);
    }
    return set;
  }

  private static Varargs invert(Varargs all) {
    LuaTable source = all.checktable(1);
    LuaTable inverse = new LuaTable();
    for (LuaValue key : source.keys()) {
      inverse.set(source.get(key), key);
    }
    return inverse;
  }

  private static Varargs contains(Varargs all) {
    return LuaValue.valueOf(!all.checktable(1).get(all.arg(2)).isnil());
  }
}
