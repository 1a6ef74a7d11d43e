package dev.tiaki.lua.haka;

import dev.tiaki.engine.log.LogSection;
import dev.tiaki.engine.rule.RuleAbort;
import dev.tiaki.engine.rule.RuleFailure;
import dev.tiaki.engine.time.ExactTimers;
import dev.tiaki.engine.worker.WorkerContext;
import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.lib.Builtin;
import dev.tiaki.lua.runtime.LuaCall;
import dev.tiaki.lua.runtime.LuaRuntime;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code tiaki.timer}: functions that are called once or again and again, on network time. */
final class RuleTimers {
  /** Each is a small object and a place in a heap; a rule that arms one per packet stops here. */
  private static final int MOST_TIMERS = 100_000;

  private static final double NANOS_PER_SECOND = 1e9;
  private static final double MOST_SECONDS = 1e9;

  private final LuaRuntime runtime;
  private final WorkerContext context;
  private final LogSection log;
  private final Set<RuleTimer> armed = new LinkedHashSet<>();

  RuleTimers(LuaRuntime runtime, WorkerContext context) {
    this.runtime = runtime;
    this.context = context;
    log = context.log().section("lua");
  }

  /** A timer as the rule that started it has it. */
  private final class RuleTimer extends LuaTable implements ExactTimers.Expiry {
    private final long periodNanos;
    private final LuaCall call;
    private ExactTimers.@Nullable Alarm alarm;
    private boolean waitsForTime;

    RuleTimer(long periodNanos, LuaValue function) {
      this.periodNanos = periodNanos;
      call = runtime.call(function, null);
      Builtin.add(this, "cancel", all -> cancel());
      Builtin.add(this, "pending", all -> LuaValue.valueOf(alarm != null));
    }

    /** Rule files are loaded before there is a time: the first packet brings it. */
    void arm() {
      long now = context.time().nanos();
      waitsForTime = now == 0;
      alarm = context.timers().exact().schedule(waitsForTime ? 0 : now + periodNanos, this);
      armed.add(this);
    }

    LuaValue cancel() {
      ExactTimers.Alarm waiting = alarm;
      alarm = null;
      armed.remove(this);
      if (waiting != null) {
        context.timers().exact().cancel(waiting);
      }
      return NIL;
    }

    @Override
    public void expired(long nowNanos) {
      if (alarm == null) {
        return;
      }
      if (waitsForTime) {
        arm();
        return;
      }
      alarm = null;
      armed.remove(this);
      if (callsAgain() && alarm == null) {
        arm();
      }
    }

    private boolean callsAgain() {
      try {
        return call.call().toboolean();
      } catch (RuleFailure failure) {
        log.error("timer: " + failure.getMessage());
      } catch (RuleAbort abort) {
        // an abort ends the call and nothing else
      }
      return false;
    }
  }

  /** {@code tiaki.timer(seconds, f)}. */
  Varargs start(Varargs all) {
    double seconds = all.checkdouble(1);
    if (!(seconds > 0 && seconds <= MOST_SECONDS)) {
      throw Raised.plain("invalid number of seconds: " + all.arg1().tojstring());
    }
    if (armed.size() >= MOST_TIMERS) {
      throw Raised.plain("too many timers: " + MOST_TIMERS + " are waiting");
    }
    long period = Math.max(1, (long) (seconds * NANOS_PER_SECOND));
    RuleTimer made = new RuleTimer(period, all.checkfunction(2));
    made.arm();
    return made;
  }

  /** Cancels what still waits. */
  void close() {
    List.copyOf(armed).forEach(RuleTimer::cancel);
  }
}
