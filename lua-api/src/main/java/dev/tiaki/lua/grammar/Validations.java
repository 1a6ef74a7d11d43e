package dev.tiaki.lua.grammar;

import dev.tiaki.engine.buffer.VirtualBuffer;
import dev.tiaki.lua.binding.Bindings;
import java.util.LinkedHashMap;
import java.util.Map;
import org.luaj.vm2.LuaValue;

/** The fields of one parse that wait to be computed: functions, each with its object. */
final class Validations {
  private final Bindings bindings;
  private Map<LuaValue, LuaValue> pending = new LinkedHashMap<>();

  Validations(Bindings bindings) {
    this.bindings = bindings;
  }

  /** Tells whether the rule that runs may edit what the field stands in. */
  boolean allowsEdit(VirtualBuffer buffer) {
    return bindings.allowsEdit(buffer);
  }

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
