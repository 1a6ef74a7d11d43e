package dev.tiaki.lua.haka;

import dev.tiaki.engine.log.LogSection;
import dev.tiaki.engine.rule.RuleAbort;
import dev.tiaki.engine.rule.RuleFailure;
import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.lib.Builtin;
import dev.tiaki.lua.runtime.LuaRuntime;
import java.util.TreeMap;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * {@code haka.state_machine}, and the instances that have not finished: at the end of the state
 * they do, the newest first.
 */
final class StateMachines {
  /** Transitions that one event may cause; a machine that jumps in a circle fails there. */
  private static final int MAX_STEPS = 1000;

  /** Unfinished instances of one Lua state; each costs about 1 KB. */
  private static final int MAX_INSTANCES = 1_000_000;

  private final LuaRuntime runtime;
  private final LogSection log;
  private final LuaTimers timers;
  private final TreeMap<Long, LuaValue> unfinished = new TreeMap<>();
  private final LuaTable module;
  private long newest;

  StateMachines(LuaRuntime runtime, LogSection log, LuaTimers timers, LuaResources resources) {
    this.runtime = runtime;
    this.log = log;
    this.timers = timers;
    LuaTable natives = natives(resources);
    module = new LazyTable(key -> resources.runOnce("state_machine", natives));
    natives.rawset("module", module);
    LuaTable callable = new LuaTable();
    // as the manual of 0.2 and 0.3 has it: haka.state_machine("name", f)
    Builtin.add(callable, "__call", all -> module.get("new").invoke(all.subargs(2)));
    module.setmetatable(callable);
  }

  private LuaTable natives(LuaResources resources) {
    LuaTable natives = new LuaTable();
    natives.rawset("globals", runtime.globals());
    natives.rawset("max_steps", MAX_STEPS);
    Builtin.add(natives, "load", all -> resources.run(all.checkjstring(1), natives));
    Builtin.add(
        natives,
        "start",
        all -> timers.start(all.checkdouble(1), all.checkfunction(2), "state machine: "));
    Builtin.add(natives, "cancel", StateMachines::cancel);
    Builtin.add(natives, "keep", all -> keep(all.arg1()));
    Builtin.add(
        natives,
        "forget",
        all -> {
          unfinished.remove((long) all.checkdouble(1));
          return LuaValue.NONE;
        });
    return natives;
  }

  private static Varargs cancel(Varargs all) {
    if (all.arg1() instanceof LuaTimers.Repeating timer) {
      timer.stop();
    }
    return LuaValue.NONE;
  }

  private LuaValue keep(LuaValue instance) {
    if (unfinished.size() >= MAX_INSTANCES) {
      throw Raised.plain("too many state machine instances: " + MAX_INSTANCES + " are unfinished");
    }
    unfinished.put(++newest, instance);
    return LuaValue.valueOf((double) newest);
  }

  void addTo(LuaTable haka) {
    haka.rawset("state_machine", module);
  }

  /** Finishes every instance that still runs, the newest first. */
  void finishAll() {
    while (!unfinished.isEmpty()) {
      LuaValue instance = unfinished.pollLastEntry().getValue();
      try {
        runtime.call(instance.get(LuaString.valueOf("finish")), null).call(instance);
      } catch (RuleFailure failure) {
        log.error("state machine: " + failure.getMessage());
      } catch (RuleAbort abort) {
        // the others finish all the same
      }
    }
  }
}
