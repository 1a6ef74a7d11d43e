package dev.tiaki.lua.grammar;

import dev.tiaki.lua.fault.Raised;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** The computed properties that a record adds to its results. */
final class Extras {
  private Extras() {}

  /**
   * Returns the field of a function that reads it, or of a table with {@code get} and {@code set}.
   */
  static Field field(LuaString name, LuaValue definition) {
    if (definition.isfunction()) {
      return new FunctionField(definition, LuaValue.NIL);
    }
    if (definition.istable()) {
      return new FunctionField(definition.get("get"), definition.get("set"));
    }
    throw Raised.at("invalid extra property '" + name.tojstring() + "'");
  }
}
