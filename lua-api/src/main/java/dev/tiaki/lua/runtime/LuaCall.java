package dev.tiaki.lua.runtime;

import dev.tiaki.lua.state.InterpretedFrame;
import dev.tiaki.lua.state.LuaState;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * One Lua function as the engine calls it: each call is an event with a budget of its own, or part
 * of the event that is under way. Nothing is allocated unless the call fails.
 *
 * <p>All calls throw {@link dev.tiaki.engine.rule.RuleFailure} when the function raised an error or
 * ran past its budget, and {@link dev.tiaki.engine.rule.RuleAbort} when it aborted.
 */
public final class LuaCall {
  private final LuaState state;
  private final LuaFailures failures;
  private final LuaValue function;
  private final @Nullable String ruleName;

  LuaCall(LuaState state, LuaFailures failures, LuaValue function, @Nullable String ruleName) {
    this.state = state;
    this.failures = failures;
    this.function = function;
    this.ruleName = ruleName;
  }

  /** Returns the function that is called. */
  public LuaValue function() {
    return function;
  }

  /** Calls the function without arguments and returns its first result. */
  public LuaValue call() {
    InterpretedFrame frame = begin();
    try {
      return function.call();
    } catch (Throwable thrown) {
      throw failed(thrown, frame);
    } finally {
      state.budget().leave();
    }
  }

  /** Calls the function with one argument and returns its first result. */
  public LuaValue call(LuaValue first) {
    InterpretedFrame frame = begin();
    try {
      return function.call(first);
    } catch (Throwable thrown) {
      throw failed(thrown, frame);
    } finally {
      state.budget().leave();
    }
  }

  /** Calls the function with two arguments and returns its first result. */
  public LuaValue call(LuaValue first, LuaValue second) {
    InterpretedFrame frame = begin();
    try {
      return function.call(first, second);
    } catch (Throwable thrown) {
      throw failed(thrown, frame);
    } finally {
      state.budget().leave();
    }
  }

  /** Calls the function with three arguments and returns its first result. */
  public LuaValue call(LuaValue first, LuaValue second, LuaValue third) {
    InterpretedFrame frame = begin();
    try {
      return function.call(first, second, third);
    } catch (Throwable thrown) {
      throw failed(thrown, frame);
    } finally {
      state.budget().leave();
    }
  }

  /** Calls the function with any arguments and returns all results. */
  public Varargs invoke(Varargs arguments) {
    InterpretedFrame frame = begin();
    try {
      return function.invoke(arguments);
    } catch (Throwable thrown) {
      throw failed(thrown, frame);
    } finally {
      state.budget().leave();
    }
  }

  private @Nullable InterpretedFrame begin() {
    state.bind();
    state.budget().enter();
    return state.frame();
  }

  private RuntimeException failed(Throwable thrown, @Nullable InterpretedFrame frame) {
    RuntimeException failure = failures.toRule(thrown, ruleName);
    state.setFrame(frame);
    state.setFailedFrame(null);
    return failure;
  }
}
