package dev.tiaki.lua.haka;

import dev.tiaki.engine.log.LogSection;
import dev.tiaki.engine.rule.RuleAbort;
import dev.tiaki.lua.binding.Emitter;
import dev.tiaki.lua.lib.Builtin;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * An event as rule files name it. Rules that bind on it are told to the engine by {@link Binder}
 * and only then: an event without rules has no listener. Events that rule files make themselves
 * have no binder; {@code haka.context:signal} signals those.
 */
final class EventObject extends LuaTable {
  private static final LuaString CONTINUE = LuaString.valueOf("continue");
  private static final LuaString SIGNAL = LuaString.valueOf("signal");
  private static final Builtin CHECK =
      Builtin.of(
          "continue",
          all -> {
            requireContinue(all.arg1());
            return NONE;
          });

  private final String name;
  private final Binder binder;
  private final @Nullable LuaValue howToSignal;
  private final List<RuleCall> calls = new ArrayList<>();

  /** Tells the engine about a new rule on the event. */
  @FunctionalInterface
  interface Binder {
    /** Registers {@code call}; {@code streamed} rules run as coroutines where that is possible. */
    void bind(RuleCall call, boolean streamed);
  }

  EventObject(String name, Binder binder) {
    this(name, binder, CHECK, null);
  }

  private EventObject(
      String name, Binder binder, LuaValue mayContinue, @Nullable LuaValue howToSignal) {
    this.name = name;
    this.binder = binder;
    this.howToSignal = howToSignal;
    rawset("name", LuaString.valueOf(name));
    rawset(CONTINUE, mayContinue);
    if (howToSignal != null) {
      rawset(SIGNAL, howToSignal);
    }
  }

  /** Makes an event that only {@code haka.context:signal} and the host signal. */
  static EventObject plain(String name) {
    return new EventObject(name, (call, streamed) -> {});
  }

  /**
   * Makes an event of a rule file.
   *
   * @param mayContinue called with the emitter and the arguments after each rule; nil for nothing
   * @param howToSignal calls a rule: {@code signal(rule, options, ...)}; nil to call it plainly
   */
  static EventObject ofRules(String name, LuaValue mayContinue, LuaValue howToSignal) {
    return new EventObject(
        name,
        (call, streamed) -> {},
        mayContinue.isnil() ? CHECK : mayContinue,
        howToSignal.isnil() ? null : howToSignal);
  }

  /** Aborts when {@code emitter} cannot continue. */
  static void requireContinue(LuaValue emitter) {
    if (emitter instanceof Emitter known && !known.canContinue()) {
      throw RuleAbort.instance();
    }
  }

  /** Does after a listener what the event says about {@code arguments}, the emitter first. */
  void checkContinue(Varargs arguments) {
    LuaValue check = rawget(CONTINUE);
    if (check == CHECK) {
      requireContinue(arguments.arg1());
    } else if (!check.isnil()) {
      check.invoke(arguments);
    }
  }

  String eventName() {
    return name;
  }

  /** Returns what is called for a rule with {@code options}. */
  LuaValue listener(LuaValue rule, LuaValue options) {
    LuaValue via = howToSignal;
    return via == null
        ? rule
        : Builtin.of("signal", all -> via.invoke(LuaValue.varargsOf(rule, options, all)));
  }

  void bind(RuleCall call, boolean streamed) {
    calls.add(call);
    binder.bind(call, streamed);
  }

  int listeners() {
    return calls.size();
  }

  /** Calls every rule that is bound on the event; the emitter is the first argument. */
  void signal(Varargs arguments) {
    for (int i = 0; i < calls.size(); i++) {
      calls.get(i).onNothing(arguments);
      checkContinue(arguments);
    }
  }

  /** As {@link #signal}, after a line in the log when anybody listens. */
  void signalLogged(Varargs arguments, LogSection log) {
    if (!calls.isEmpty() && log.isDebugEnabled()) {
      log.debug("signal '" + name + "', " + calls.size() + " listeners");
    }
    signal(arguments);
  }
}
