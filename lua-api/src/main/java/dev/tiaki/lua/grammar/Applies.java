package dev.tiaki.lua.grammar;

import java.util.List;
import org.luaj.vm2.LuaValue;

/** The functions that are called with the value of an entity right after it was parsed. */
final class Applies {
  private final List<LuaValue> functions;

  Applies(List<LuaValue> functions) {
    this.functions = functions;
  }

  boolean isEmpty() {
    return functions.isEmpty();
  }

  /** Calls them until one reports an error; false then. */
  boolean run(LuaValue value, LuaValue result, ParseContext context) {
    for (LuaValue function : functions) {
      if (!context.call(function, value, result, context)) {
        return false;
      }
    }
    return true;
  }
}
