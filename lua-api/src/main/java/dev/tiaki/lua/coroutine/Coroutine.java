package dev.tiaki.lua.coroutine;

import dev.tiaki.engine.rule.RuleAbort;
import dev.tiaki.lua.fault.Faults;
import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.state.InterpretedFrame;
import dev.tiaki.lua.state.LuaState;
import dev.tiaki.lua.text.NumberText;
import java.util.ArrayList;
import java.util.List;
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
  private static final List<Hold> NO_HOLDS = List.of();

  /** Nobody needs so many at once: older ones were let go in a way that was not told. */
  private static final int MAX_HOLDS = 64;

  /** Something of a stream that a coroutine keeps, and that must not outlive it by accident. */
  public interface Hold {
    /** Lets go. */
    void release();
  }

  private final LuaState state;
  private final SwitchKind kind;
  private @Nullable LuaValue function;
  private @Nullable Switch stack;
  private @Nullable InterpretedFrame frame;
  private @Nullable Throwable failure;
  private Varargs transfer = NONE;
  private CoroutineStatus status = CoroutineStatus.SUSPENDED;
  private int sleepingEvents;
  private boolean stopping;
  private List<Hold> holds = NO_HOLDS;

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
      releaseHolds();
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
    requireNotStopping();
    transfer = values;
    status = CoroutineStatus.SUSPENDED;
    own.suspend();
    requireNotStopping();
    Varargs arguments = transfer;
    transfer = NONE;
    return arguments;
  }

  private void requireNotStopping() {
    if (stopping) {
      throw RuleAbort.instance();
    }
  }

  /** Notes what is to be let go should the coroutine fail or be stopped. */
  public void hold(Hold kept) {
    if (holds == NO_HOLDS) {
      holds = new ArrayList<>(1);
    } else if (holds.size() == MAX_HOLDS) {
      holds.removeFirst();
    }
    holds.add(kept);
  }

  /** Forgets what {@link #hold} noted: it was let go. */
  public void released(Hold kept) {
    if (holds != NO_HOLDS) {
      holds.remove(kept);
    }
  }

  private void releaseHolds() {
    List<Hold> kept = holds;
    holds = NO_HOLDS;
    kept.forEach(Hold::release);
  }

  /**
   * Ends a suspended coroutine in order: the call that it sleeps in aborts, so that what its
   * function keeps of streams is let go. Should the function catch the abort and wait again, it is
   * killed.
   */
  public void stop() {
    if (status == CoroutineStatus.SUSPENDED && stack != null) {
      stopping = true;
      try {
        resume(NONE);
      } catch (RuntimeException ended) {
        // the abort, or what the function makes of it: nobody waits for its result
      }
    }
    kill();
    releaseHolds();
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
