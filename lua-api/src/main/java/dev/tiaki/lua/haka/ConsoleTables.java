package dev.tiaki.lua.haka;

import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** The tables that {@code haka.console} gives about rules. */
final class ConsoleTables {
  private ConsoleTables() {}

  static LuaTable rules(RuleRegistry registry) {
    LuaTable list = new LuaTable();
    for (RuleEntry rule : registry.rules()) {
      LuaTable row = new LuaTable();
      row.rawset("name", rule.name() == null ? LuaValue.NIL : LuaValue.valueOf(rule.name()));
      row.rawset("event", LuaValue.valueOf(rule.event()));
      row.rawset(
          "location", rule.location() == null ? LuaValue.NIL : LuaValue.valueOf(rule.location()));
      row.rawset("type", LuaValue.valueOf(rule.isGroup() ? "group" : "simple"));
      row.rawset("enabled", LuaValue.valueOf(rule.isEnabled()));
      row.rawset("hits", LuaValue.valueOf((double) rule.hits()));
      row.rawset("errors", LuaValue.valueOf((double) rule.errors()));
      list.rawset(list.length() + 1, row);
    }
    return list;
  }

  static LuaTable events(RuleRegistry registry) {
    LuaTable list = new LuaTable();
    registry
        .countsByEvent()
        .forEach((event, count) -> {
          LuaTable row = new LuaTable();
          row.rawset("event", LuaValue.valueOf(event));
          row.rawset("listener", LuaValue.valueOf(count));
          list.rawset(list.length() + 1, row);
        });
    return list;
  }
}
