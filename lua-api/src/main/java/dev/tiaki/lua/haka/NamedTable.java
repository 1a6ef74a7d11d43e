package dev.tiaki.lua.haka;

import dev.tiaki.lua.fault.Raised;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** A table of which reading a name that is not there is an error, with Haka's words. */
final class NamedTable extends LuaTable {
  private final String problem;

  /** Makes an empty table; {@code problem} stands in front of the quoted name. */
  NamedTable(String problem) {
    this.problem = problem;
  }

  @Override
  public LuaValue get(LuaValue key) {
    LuaValue value = rawget(key);
    if (value.isnil()) {
      throw Raised.at(problem + " '" + key.tojstring() + "'");
    }
    return value;
  }
}
