package dev.tiaki.lua.grammar;

import java.util.LinkedHashMap;
import java.util.Map;
import org.luaj.vm2.LuaValue;

/** The fields of one parse that wait to be computed: functions, each with its object. */
final class Validations {
  private Map<LuaValue, LuaValue> pending = new LinkedHashMap<>();

  void add(LuaValue function, LuaValue object) {
    pending.put(function, object);
  }

  void remove(LuaValue function) {
    pending.remove(function);
  }

  boolean isPending(LuaValue function) {
    return !pending.isEmpty() && pending.containsKey(function);
  }

  /** Computes all that wait. */
  void run() {
    Map<LuaValue, LuaValue> due = pending;
    pending = new LinkedHashMap<>();
    due.forEach(LuaValue::call);
  }
}
