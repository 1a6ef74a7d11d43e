package dev.tiaki.lua.coroutine;

import dev.tiaki.lua.fault.Faults;
import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.state.InterpretedFrame;
import dev.tiaki.lua.state.LuaState;
import dev.tiaki.lua.text.NumberText;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * A Lua coroutine. Its stack is made when it is first resumed, and is garbage with it: a coroutine
 * that nobody resumes again needs no care.
 *
 * <p>Never resume one while holding a monitor that another coroutine may want: the monitor would
 * sleep with the stack.
 */
public final class Coroutine extends LuaValue implements Runnable {
  private final LuaState state;
  private final SwitchKind kind;
  private @Nullable LuaValue function;
  private @Nullable Switch stack;
  private @Nullable InterpretedFrame frame;
  private @Nullable Throwable failure;
  private Varargs transfer = NONE;
  private CoroutineStatus status = CoroutineStatus.SUSPENDED;
  private int sleepingEvents;

  /** Makes a coroutine that will run {@code function}. */
  public Coroutine(LuaState state, SwitchKind kind, LuaValue function) {
    this.state = state;
    this.kind = kind;
    this.function = function;
  }

  /** Returns the coroutine that runs in {@code state}, or null when that is the main program. */
  public static @Nullable Coroutine running(LuaState state) {
    return (Coroutine) state.runningCoroutine();
  }

  /** Returns where the coroutine stands. */
  public CoroutineStatus status() {
    return status;
  }

  /**
   * Runs the coroutine until it yields or returns.
   *
   * @param arguments what the function, or the {@code yield} that it sleeps in, gets
   * @return what was yielded or returned; {@link #status} tells which
   * @throws LuaError when it is not suspended, or what its function raised; it is dead then
   */
  public Varargs resume(Varargs arguments) {
    if (status != CoroutineStatus.SUSPENDED) {
      throw Raised.plain("cannot resume " + adjective() + " coroutine");
    }
    Switch own = stack;
    if (own == null) {
      own = kind.over(this);
      stack = own;
    }
    transfer = arguments;
    run(own);
    Throwable failed = failure;
    if (failed != null) {
      failure = null;
      throw rethrown(failed);
    }
    Varargs result = transfer;
    transfer = NONE;
    return result;
  }

  private void run(Switch own) {
    Coroutine outer = running(state);
    InterpretedFrame outerFrame = state.frame();
    int outerEvents = state.budget().depth();
    state.budget().setDepth(outerEvents + sleepingEvents);
    if (outer != null) {
      outer.status = CoroutineStatus.NORMAL;
    }
    status = CoroutineStatus.RUNNING;
    state.setRunningCoroutine(this);
    state.setFrame(frame);
    try {
      own.enter();
    } finally {
      frame = state.frame();
      sleepingEvents = state.budget().depth() - outerEvents;
      state.budget().setDepth(outerEvents);
      state.setFrame(outerFrame);
      state.setRunningCoroutine(outer);
      if (outer != null) {
        outer.status = CoroutineStatus.RUNNING;
      }
    }
  }

  /** The body; runs on the coroutine's own stack. */
  @Override
  public void run() {
    runBody();
  }

  private void runBody() {
    state.bind();
    LuaValue body = function;
    function = null;
    Varargs arguments = transfer;
    transfer = NONE;
    try {
      transfer = body == null ? NONE : body.invoke(arguments);
    } catch (Throwable thrown) {
      failure = thrown;
    }
    status = CoroutineStatus.DEAD;
    stack = null;
  }

  /** Stops the running coroutine in the middle; {@code resume} returns {@code values}. */
  public static Varargs yieldRunning(LuaState state, Varargs values) {
    Coroutine running = running(state);
    if (running == null) {
      throw Raised.at("attempt to yield from outside a coroutine");
    }
    return running.yieldValues(values);
  }

  /**
   * Stops this coroutine in the middle, from Java code that it called.
   *
   * @param values what the resumer gets
   * @return what the coroutine is resumed with
   */
  public Varargs yieldValues(Varargs values) {
    Switch own = stack;
    if (own == null || running(state) != this) {
      throw Raised.at("attempt to yield from outside a coroutine");
    }
    transfer = values;
    status = CoroutineStatus.SUSPENDED;
    own.suspend();
    Varargs arguments = transfer;
    transfer = NONE;
    return arguments;
  }

  /** Ends a suspended coroutine for good; nothing of its function runs any more. */
  public void kill() {
    if (status != CoroutineStatus.SUSPENDED) {
      return;
    }
    Switch own = stack;
    status = CoroutineStatus.DEAD;
    function = null;
    if (own != null) {
      own.abandon();
    }
    stack = null;
    frame = null;
    failure = null;
    transfer = NONE;
  }

  private String adjective() {
    return status == CoroutineStatus.DEAD ? "dead" : "non-suspended";
  }

  private static RuntimeException rethrown(Throwable failed) {
    return switch (failed) {
      case RuntimeException exception -> exception;
      case StackOverflowError overflow -> new Raised(Faults.valueOf(overflow), 0);
      case Error error -> throw error;
      default -> new IllegalStateException(failed);
    };
  }

  @Override
  public int type() {
    return LuaValue.TTHREAD;
  }

  @Override
  public String typename() {
    return "thread";
  }

  @Override
  public boolean isthread() {
    return true;
  }

  @Override
  public String tojstring() {
    return NumberText.identity("thread", this);
  }
}
