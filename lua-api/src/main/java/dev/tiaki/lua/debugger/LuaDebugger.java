package dev.tiaki.lua.debugger;

import dev.tiaki.engine.log.LogSection;
import dev.tiaki.lua.interactive.Terminal;
import dev.tiaki.lua.runtime.LuaRuntime;
import dev.tiaki.lua.state.InterpretedFrame;
import dev.tiaki.lua.state.LineHook;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The debugger of one Lua state. While it is active it looks at each line of interpreted functions,
 * and stops at breakpoints, where it was told to, when a rule fails, and when somebody asks for it.
 */
public final class LuaDebugger implements LineHook {
  private static final AtomicInteger ACTIVE = new AtomicInteger();
  private static final AtomicBoolean BREAK_REQUESTED = new AtomicBoolean();
  private static final Stepping FREE = new Stepping.Free();

  private final LuaRuntime runtime;
  private final int worker;
  private final LogSection log;
  private final Breakpoints breakpoints = new Breakpoints();
  private Stepping stepping = FREE;
  private @Nullable Terminal terminal;
  private @Nullable InterpretedFrame lastFrame;
  private int lastLine;
  private int lastPc;
  private boolean active;
  private boolean inside;

  /**
   * Makes a debugger that is not active.
   *
   * @param worker the number of the worker, from 0
   */
  public LuaDebugger(LuaRuntime runtime, int worker, LogSection log) {
    this.runtime = runtime;
    this.worker = worker;
    this.log = log;
    runtime.failures().setObserver(this::failed);
  }

  /**
   * Asks every active debugger to stop at the next line.
   *
   * @return false when there is none, or when it was asked already and no line came
   */
  public static boolean breakAll() {
    return ACTIVE.get() > 0 && BREAK_REQUESTED.compareAndSet(false, true);
  }

  /**
   * Makes it active.
   *
   * @param at where somebody types commands; null when there is nobody, which is logged
   * @param breakNow whether to stop at the next line
   */
  public void start(@Nullable Terminal at, boolean breakNow) {
    if (at == null) {
      log.error("no input/output handler");
      return;
    }
    terminal = at;
    stepping = breakNow ? new Stepping.Into() : FREE;
    if (!active) {
      active = true;
      ACTIVE.incrementAndGet();
      runtime.setLineHook(this);
      log.info("lua debugger activated");
    }
  }

  /** Makes it inactive; its breakpoints are kept. */
  public void stop() {
    if (active) {
      active = false;
      ACTIVE.decrementAndGet();
      BREAK_REQUESTED.set(false);
      runtime.setLineHook(null);
      log.info("lua debugger deactivated");
    }
  }

  /** Has it stop at the next line, when it is active. */
  public void breakNext() {
    if (active) {
      stepping = new Stepping.Into();
    }
  }

  @Override
  public void before(InterpretedFrame frame) {
    if (inside) {
      return;
    }
    int line = frame.line();
    boolean fresh = frame != lastFrame || line != lastLine || frame.pc() <= lastPc;
    lastFrame = frame;
    lastLine = line;
    lastPc = frame.pc();
    if (!fresh) {
      return;
    }
    if (BREAK_REQUESTED.compareAndSet(true, false)) {
      enter(frame, "break requested", false);
    } else if (stepping.stopsAt(frame)) {
      enter(frame, null, false);
    } else if (breakpoints.contains(frame.prototype().source, line)) {
      enter(frame, "breakpoint", false);
    }
  }

  /** A rule has failed; its functions are gone, but what they knew can still be looked at. */
  private void failed(String message, @Nullable InterpretedFrame at) {
    if (active && !inside && at != null) {
      enter(at, message, true);
    }
  }

  private void enter(InterpretedFrame frame, @Nullable String reason, boolean withBacktrace) {
    Terminal at = terminal;
    if (at == null) {
      return;
    }
    inside = true;
    stepping = FREE;
    try {
      at.exclusively(() -> {
        DebuggerPrompt prompt = new DebuggerPrompt(runtime, breakpoints, at, frame);
        stepping = prompt.run(worker, reason, withBacktrace);
      });
    } finally {
      inside = false;
    }
  }
}
