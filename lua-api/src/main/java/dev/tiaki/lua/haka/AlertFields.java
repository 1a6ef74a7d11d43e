package dev.tiaki.lua.haka;

import dev.tiaki.engine.alert.Alert;
import dev.tiaki.engine.alert.AlertContext;
import dev.tiaki.engine.alert.AlertMethod;
import dev.tiaki.engine.alert.AlertNode;
import dev.tiaki.lua.binding.AlertValue;
import dev.tiaki.lua.binding.TimeValue;
import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.lib.base.ToText;
import dev.tiaki.lua.text.ByteText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** Reads the table that a rule describes an alert by. */
final class AlertFields {
  private static final Set<String> KEYS =
      Set.of(
          "start_time",
          "end_time",
          "severity",
          "confidence",
          "completion",
          "description",
          "method",
          "sources",
          "targets",
          "ref");
  private static final Set<String> METHOD_KEYS = Set.of("description", "ref");
  private static final Set<String> NODE_KEYS = Set.of("type", "values");
  private static final Set<String> LEVELS = Set.of("low", "medium", "high");
  private static final Set<String> COMPLETIONS = Set.of("failed", "successful");

  private AlertFields() {}

  static Alert read(LuaValue given, long id, boolean update, long timeNanos, AlertContext context) {
    LuaTable table = table(given, "nil");
    checkKeys(table, KEYS, "");
    return new Alert(
        id,
        update,
        timeNanos,
        time(table, "start_time"),
        time(table, "end_time"),
        word(table, "severity", LEVELS),
        confidence(table.get("confidence")),
        word(table, "completion", COMPLETIONS),
        textOrNull(table.get("description")),
        method(table.get("method")),
        nodes(table.get("sources"), "sources"),
        nodes(table.get("targets"), "targets"),
        references(table.get("ref")),
        context);
  }

  private static LuaTable table(LuaValue value, String key) {
    if (value instanceof LuaTable table) {
      return table;
    }
    throw Raised.plain("expected table for '" + key + "'");
  }

  private static void checkKeys(LuaTable table, Set<String> allowed, String path) {
    for (LuaValue key : table.keys()) {
      String name = key.tojstring();
      if (!allowed.contains(name)) {
        throw Raised.plain("unexpected field '" + path + name + "'");
      }
    }
  }

  private static @Nullable Long time(LuaTable table, String key) {
    LuaValue value = table.get(key);
    if (value.isnil()) {
      return null;
    }
    if (value instanceof TimeValue time) {
      return time.nanos();
    }
    throw Raised.plain("expected time for '" + key + "'");
  }

  private static @Nullable String word(LuaTable table, String key, Set<String> allowed) {
    LuaValue value = table.get(key);
    if (value.isnil()) {
      return null;
    }
    return known(text(value), key, allowed);
  }

  private static String known(String word, String key, Set<String> allowed) {
    if (!allowed.contains(word)) {
      throw Raised.plain("invalid " + key + " value '" + word + "'");
    }
    return word;
  }

  private static @Nullable String confidence(LuaValue value) {
    if (value.isnil()) {
      return null;
    }
    return value instanceof LuaNumber number
        ? general(number.todouble())
        : known(text(value), "confidence", LEVELS);
  }

  /** Returns a number as C's {@code %g} prints it: six significant digits, no trailing zeros. */
  static String general(double number) {
    if (number == 0) {
      return "0";
    }
    String scientific = String.format(Locale.ROOT, "%.5e", number);
    int exponent = Integer.parseInt(scientific.substring(scientific.indexOf('e') + 1));
    if (exponent < -4 || exponent >= 6) {
      String digits = scientific.substring(0, scientific.indexOf('e'));
      return withoutZeros(digits) + scientific.substring(scientific.indexOf('e'));
    }
    return withoutZeros(String.format(Locale.ROOT, "%." + (5 - exponent) + "f", number));
  }

  private static String withoutZeros(String digits) {
    return digits.contains(".") ? digits.replaceFirst("\\.?0+$", "") : digits;
  }

  private static @Nullable AlertMethod method(LuaValue value) {
    if (value.isnil()) {
      return null;
    }
    if (!(value instanceof LuaTable table)) {
      throw Raised.plain("invalid method");
    }
    checkKeys(table, METHOD_KEYS, "method.");
    return new AlertMethod(textOrNull(table.get("description")), texts(table.get("ref")));
  }

  private static List<AlertNode> nodes(LuaValue value, String key) {
    if (value.isnil()) {
      return List.of();
    }
    LuaTable table = table(value, key);
    if (!table.get("type").isnil()) {
      return List.of(node(table, key));
    }
    List<AlertNode> nodes = new ArrayList<>();
    for (int i = 1; i <= table.length(); i++) {
      String path = key + "#" + i;
      nodes.add(node(table(table.get(i), path), path));
    }
    if (nodes.isEmpty()) {
      checkKeys(table, Set.of(), key + ".");
    }
    return nodes;
  }

  private static AlertNode node(LuaTable table, String path) {
    checkKeys(table, NODE_KEYS, path + ".");
    return new AlertNode(text(table.get("type")), texts(table.get("values")));
  }

  private static List<String> texts(LuaValue value) {
    if (value.isnil()) {
      return List.of();
    }
    if (!(value instanceof LuaTable table)) {
      return List.of(text(value));
    }
    List<String> texts = new ArrayList<>();
    for (int i = 1; i <= table.length(); i++) {
      texts.add(text(table.get(i)));
    }
    return texts;
  }

  private static List<Long> references(LuaValue value) {
    if (value instanceof AlertValue alert) {
      return List.of(alert.id());
    }
    if (value.isnil()) {
      return List.of();
    }
    List<Long> ids = new ArrayList<>();
    LuaTable table = table(value, "ref");
    for (int i = 1; i <= table.length(); i++) {
      if (!(table.get(i) instanceof AlertValue alert)) {
        throw Raised.plain("expected alert for 'ref#" + i + "'");
      }
      ids.add(alert.id());
    }
    return ids;
  }

  private static @Nullable String textOrNull(LuaValue value) {
    return value.isnil() ? null : text(value);
  }

  private static String text(LuaValue value) {
    LuaString text = ToText.stringOf(value);
    return ByteText.of(text);
  }
}
