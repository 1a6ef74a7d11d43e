package dev.tiaki.lua.runtime;

import dev.tiaki.engine.rule.RuleAbort;
import dev.tiaki.engine.rule.RuleFailure;
import dev.tiaki.lua.budget.OutOfBudget;
import dev.tiaki.lua.compile.SyntaxError;
import dev.tiaki.lua.fault.Faults;
import dev.tiaki.lua.fault.LuaFrame;
import dev.tiaki.lua.fault.LuaTrace;
import dev.tiaki.lua.lib.base.ToText;
import dev.tiaki.lua.state.InterpretedFrame;
import dev.tiaki.lua.state.LuaState;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaValue;

/** Turns what left Lua code as an exception into what the engine knows: a failure or an abort. */
public final class LuaFailures {
  private boolean tracebacks;
  private FailureObserver observer = (message, at) -> {};

  LuaFailures() {}

  /** Says whether the messages of failures carry a traceback; off at first. */
  public void setTracebacks(boolean on) {
    tracebacks = on;
  }

  /** Sets who is told of each failure. */
  public void setObserver(FailureObserver told) {
    observer = told;
  }

  /**
   * Returns the exception to throw into the engine: {@link RuleAbort} for an error without a value,
   * else {@link RuleFailure}. An {@link Error} that is no rule's fault is thrown again.
   */
  public RuntimeException toRule(Throwable thrown, @Nullable String ruleName) {
    if (thrown instanceof RuleAbort || thrown instanceof RuleFailure) {
      return (RuntimeException) thrown;
    }
    LuaState state = LuaState.currentOrNull();
    InterpretedFrame at = state == null ? null : state.failedFrame();
    RuntimeException ended = ended(thrown, ruleName);
    if (ended instanceof RuleFailure failure) {
      observer.failed(failure.getMessage(), at);
    }
    return ended;
  }

  private RuntimeException ended(Throwable thrown, @Nullable String ruleName) {
    String location = location(thrown);
    if (thrown instanceof OutOfBudget stopped) {
      String start = location == null ? "" : location + ": ";
      return new RuleFailure(start + stopped.getMessage(), ruleName, location);
    }
    List<LuaFrame> frames = tracebacks ? LuaTrace.of(thrown) : List.of();
    LuaValue value = Faults.caught(thrown);
    if (value.isnil()) {
      return RuleAbort.instance();
    }
    String message = withHint(thrown, ToText.stringOf(value).tojstring());
    return new RuleFailure(
        tracebacks ? message + "\n" + LuaTrace.describe(frames) : message, ruleName, location);
  }

  private static String withHint(Throwable thrown, String message) {
    String hint = thrown instanceof SyntaxError syntax ? syntax.hint() : null;
    return hint == null ? message : message + " (hint: " + hint + ")";
  }

  private static @Nullable String location(Throwable thrown) {
    return position(LuaTrace.of(thrown));
  }

  /** Returns {@code file:line} of the innermost Lua code in a stack, or null when there is none. */
  static @Nullable String position(List<LuaFrame> frames) {
    for (LuaFrame frame : frames) {
      if (!frame.position().isEmpty()) {
        return frame.position();
      }
    }
    return null;
  }
}
