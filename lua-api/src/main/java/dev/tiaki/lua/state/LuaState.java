package dev.tiaki.lua.state;

import dev.tiaki.lua.budget.RuleBudget;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaTable;

/**
 * One Lua state. Confined to one thread at a time; the thread that runs it binds it first, because
 * LuaJ keeps the metatable of strings in a static field that all states share.
 */
public final class LuaState {
  private static final ThreadLocal<LuaState[]> BOUND =
      ThreadLocal.withInitial(() -> new LuaState[1]);

  private final Globals globals;
  private final RuleBudget budget;
  private final LuaTable stringMetatable = new LuaTable();
  private @Nullable InterpretedFrame frame;
  private @Nullable InterpretedFrame failedFrame;
  private @Nullable Object runningCoroutine;
  private @Nullable Throwable handledError;
  private @Nullable LineHook lineHook;

  /** Makes the state around {@code globals}. */
  public LuaState(Globals globals, RuleBudget budget) {
    this.globals = globals;
    this.budget = budget;
    budget.setStopListener(() -> failedFrame = frame);
  }

  /** Makes this the state of the calling thread. */
  public void bind() {
    LuaState[] slot = BOUND.get();
    if (slot[0] != this) {
      slot[0] = this;
    }
  }

  /** Returns the state of the calling thread; {@link IllegalStateException} when none is bound. */
  public static LuaState current() {
    LuaState state = BOUND.get()[0];
    if (state == null) {
      throw new IllegalStateException("no Lua state is bound to thread " + Thread.currentThread());
    }
    return state;
  }

  /** Returns the state of the calling thread, or null. */
  public static @Nullable LuaState currentOrNull() {
    return BOUND.get()[0];
  }

  /** Returns the table of global variables. */
  public Globals globals() {
    return globals;
  }

  /** Returns what the rules of this state may still use up. */
  public RuleBudget budget() {
    return budget;
  }

  /** Returns the metatable of this state's strings. */
  public LuaTable stringMetatable() {
    return stringMetatable;
  }

  /** Returns the innermost interpreted function of the running coroutine, or null. */
  public @Nullable InterpretedFrame frame() {
    return frame;
  }

  /** Sets the innermost interpreted function. */
  public void setFrame(@Nullable InterpretedFrame frame) {
    this.frame = frame;
  }

  /** Returns the interpreted function that the error now passing left first, or null. */
  public @Nullable InterpretedFrame failedFrame() {
    return failedFrame;
  }

  /** Notes the interpreted function that an error is leaving; null when the error was handled. */
  public void setFailedFrame(@Nullable InterpretedFrame failed) {
    this.failedFrame = failed;
  }

  /** Returns the coroutine that runs, or null for the main one. */
  public @Nullable Object runningCoroutine() {
    return runningCoroutine;
  }

  /** Sets the coroutine that runs. */
  public void setRunningCoroutine(@Nullable Object coroutine) {
    this.runningCoroutine = coroutine;
  }

  /** Returns who is told before each instruction of interpreted functions, or null. */
  public @Nullable LineHook lineHook() {
    return lineHook;
  }

  /** Sets who is told before each instruction of interpreted functions; null for nobody. */
  public void setLineHook(@Nullable LineHook hook) {
    lineHook = hook;
  }

  /** Returns the error whose handler runs, or null. */
  public @Nullable Throwable handledError() {
    return handledError;
  }

  /** Sets the error whose handler runs. */
  public void setHandledError(@Nullable Throwable error) {
    this.handledError = error;
  }
}
