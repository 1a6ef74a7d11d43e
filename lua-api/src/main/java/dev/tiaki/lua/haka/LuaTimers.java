package dev.tiaki.lua.haka;

import dev.tiaki.engine.log.LogSection;
import dev.tiaki.engine.rule.RuleAbort;
import dev.tiaki.engine.rule.RuleFailure;
import dev.tiaki.engine.time.ExactTimers;
import dev.tiaki.engine.worker.WorkerContext;
import dev.tiaki.lua.runtime.LuaCall;
import dev.tiaki.lua.runtime.LuaRuntime;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/**
 * Functions that are called every so many seconds of network time. Periods that nobody looked at,
 * because no packet came, give one call together.
 */
final class LuaTimers {
  private static final double NANOS_PER_SECOND = 1e9;

  private final LuaRuntime runtime;
  private final WorkerContext context;
  private final LogSection log;

  LuaTimers(LuaRuntime runtime, WorkerContext context) {
    this.runtime = runtime;
    this.context = context;
    this.log = context.log().section("lua");
  }

  /** One running timer; a table, so that Lua code can hold it. */
  final class Repeating extends LuaTable implements ExactTimers.Expiry {
    private final long periodNanos;
    private final LuaCall call;
    private final String prefix;
    private ExactTimers.@Nullable Alarm alarm;

    private Repeating(long periodNanos, LuaValue function, String prefix) {
      this.periodNanos = periodNanos;
      this.call = runtime.call(function, null);
      this.prefix = prefix;
    }

    private void schedule(long deadline) {
      alarm = context.timers().exact().schedule(deadline, this);
    }

    void stop() {
      ExactTimers.Alarm armed = alarm;
      alarm = null;
      if (armed != null) {
        context.timers().exact().cancel(armed);
      }
    }

    @Override
    public void expired(long nowNanos) {
      ExactTimers.Alarm due = alarm;
      if (due == null) {
        return;
      }
      long missed = (nowNanos - due.deadlineNanos()) / periodNanos;
      schedule(due.deadlineNanos() + (missed + 1) * periodNanos);
      try {
        call.call();
      } catch (RuleFailure failure) {
        log.error(prefix + failure.getMessage());
      } catch (RuleAbort abort) {
        // an abort ends the call and nothing else
      }
    }
  }

  /**
   * Has {@code function} called every {@code seconds}.
   *
   * @param prefix what stands before a failure in the log
   */
  Repeating start(double seconds, LuaValue function, String prefix) {
    long period = Math.max(1, Math.round(seconds * NANOS_PER_SECOND));
    Repeating made = new Repeating(period, function, prefix);
    made.schedule(context.time().nanos() + period);
    return made;
  }
}
