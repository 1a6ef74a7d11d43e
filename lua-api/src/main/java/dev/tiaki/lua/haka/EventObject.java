package dev.tiaki.lua.haka;

import dev.tiaki.engine.rule.RuleAbort;
import dev.tiaki.lua.binding.Emitter;
import dev.tiaki.lua.lib.Builtin;
import java.util.ArrayList;
import java.util.List;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * An event as rule files name it. Rules that bind on it are told to the engine by {@link Binder}
 * and only then: an event without rules has no listener.
 */
final class EventObject extends LuaTable {
  private final String name;
  private final Binder binder;
  private final List<RuleCall> calls = new ArrayList<>();

  /** Tells the engine about a new rule on the event. */
  @FunctionalInterface
  interface Binder {
    /** Registers {@code call}; {@code streamed} rules run as coroutines where that is possible. */
    void bind(RuleCall call, boolean streamed);
  }

  EventObject(String name, Binder binder) {
    this.name = name;
    this.binder = binder;
    rawset("name", LuaString.valueOf(name));
    Builtin.add(this, "continue", EventObject::checkContinue);
  }

  /** Makes an event that only {@code haka.context:signal} and the host signal. */
  static EventObject plain(String name) {
    return new EventObject(name, (call, streamed) -> {});
  }

  private static Varargs checkContinue(Varargs all) {
    requireContinue(all.arg1());
    return NONE;
  }

  /** Aborts when {@code emitter} cannot continue. */
  static void requireContinue(LuaValue emitter) {
    if (emitter instanceof Emitter known && !known.canContinue()) {
      throw RuleAbort.instance();
    }
  }

  String eventName() {
    return name;
  }

  void bind(RuleCall call, boolean streamed) {
    calls.add(call);
    binder.bind(call, streamed);
  }

  int listeners() {
    return calls.size();
  }

  /** Calls every rule that is bound on the event. */
  void signal(Varargs arguments) {
    for (int i = 0; i < calls.size(); i++) {
      calls.get(i).onNothing(arguments);
      requireContinue(arguments.arg1());
    }
  }
}
