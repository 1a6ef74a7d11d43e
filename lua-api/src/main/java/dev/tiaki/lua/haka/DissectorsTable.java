package dev.tiaki.lua.haka;

import dev.tiaki.engine.log.LogLevel;
import dev.tiaki.engine.log.LogSection;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** {@code haka.dissectors}: reading one that was not loaded is logged and gives nil. */
final class DissectorsTable extends LuaTable {
  private final LogSection log;
  private final LogLevel registrations;

  /**
   * Makes an empty table.
   *
   * @param registrations how much it matters that a dissector is registered
   */
  DissectorsTable(LogSection log, LogLevel registrations) {
    this.log = log;
    this.registrations = registrations;
  }

  /** Publishes a dissector. */
  void register(String name, LuaTable dissector) {
    rawset(name, dissector);
    log.log(registrations, "register new dissector '" + name + "'");
  }

  @Override
  public LuaValue get(LuaValue key) {
    LuaValue value = rawget(key);
    if (value.isnil()) {
      log.error("unknown dissector " + key.tojstring());
    }
    return value;
  }
}
