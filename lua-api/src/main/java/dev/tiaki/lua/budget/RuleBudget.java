package dev.tiaki.lua.budget;

/**
 * The budget of one Lua state. Rule code counts down a small slice of ticks by itself; only when a
 * slice is spent is the rest of the budget looked at, so that a short event costs a few stores.
 *
 * <p>Invariant: {@code remaining} plus the ticks left in the slice is what the event may still use.
 */
public final class RuleBudget {
  /** Ticks between two looks at the allocation meter: about 0.1 ms of rule code. */
  private static final int SLICE_TICKS = 20_000;

  private final RuleLimits limits;
  private final TickCounter ticks;
  private long instructions;
  private long remaining;
  private long bytesLeft;
  private long meterStart = -1;
  private int depth;
  private long stopped;
  private Runnable stopListener = () -> {};

  /** Makes a budget that is full and that counts with {@code ticks}. */
  public RuleBudget(RuleLimits limits, TickCounter ticks) {
    this.limits = limits;
    this.ticks = ticks;
    refill(limits.instructionsPerLoad());
  }

  /**
   * Begins an event with a full budget. Events may nest, as when a listener sends a packet that
   * other listeners see: the outermost event's budget holds for all. Each call needs its {@link
   * #leave}.
   */
  public void enter() {
    if (depth++ == 0) {
      refill(limits.instructionsPerEvent());
    }
  }

  /** Begins the run of a rule file, with the larger budget for that. */
  public void enterLoad() {
    if (depth++ == 0) {
      refill(limits.instructionsPerLoad());
    }
  }

  /** Ends what {@link #enter} or {@link #enterLoad} began. */
  public void leave() {
    depth--;
  }

  /** Returns how many events are under way, one inside the other. */
  public int depth() {
    return depth;
  }

  /**
   * Says how many events are under way after a switch of coroutines: those that began on the other
   * stack sleep with it.
   */
  public void setDepth(int events) {
    depth = events;
  }

  /**
   * What an event had left when something else began.
   *
   * @param depth the events under way
   * @param instructions the whole budget
   * @param left the ticks left
   * @param bytesLeft the octets left
   */
  public record Paused(int depth, long instructions, long left, long bytesLeft) {}

  /** Puts the event that is under way aside: what comes until {@link #goOn} is not part of it. */
  public Paused pause() {
    Paused paused = new Paused(depth, instructions, remaining + ticks.left(), bytesLeft);
    depth = 0;
    return paused;
  }

  /** Goes on with an event that was put aside. */
  public void goOn(Paused event) {
    depth = event.depth();
    instructions = event.instructions();
    bytesLeft = event.bytesLeft();
    meterStart = -1;
    int slice = Math.clamp(event.left(), 0, SLICE_TICKS);
    remaining = event.left() - slice;
    ticks.setLeft(slice);
  }

  private void refill(long count) {
    instructions = count;
    int slice = (int) Math.min(SLICE_TICKS, count);
    remaining = count - slice;
    ticks.setLeft(slice);
    bytesLeft = limits.bytesPerEvent();
    meterStart = -1;
  }

  /**
   * Called by rule code when its slice of ticks is spent; grants the next one or stops the rule.
   */
  public void sliceSpent() {
    checkAllocation();
    if (remaining <= 0) {
      throw stop("more than " + instructions + " instructions", "instructions per event");
    }
    int slice = (int) Math.min(SLICE_TICKS, remaining);
    remaining -= slice;
    ticks.setLeft(slice);
  }

  /** Counts {@code steps} of work that a library function did for the rule. */
  public void work(int steps) {
    int left = ticks.left() - steps;
    ticks.setLeft(left);
    if (left < 0) {
      remaining += left;
      sliceSpent();
    }
  }

  /** Counts octets that a library function is about to allocate for the rule. */
  public void charge(long bytes) {
    bytesLeft -= bytes;
    if (bytesLeft < 0) {
      throw outOfMemory();
    }
  }

  /**
   * Says whether a string of that many octets may be built, and counts it when so.
   *
   * @return false when the string would be longer than the limit
   */
  public boolean allowsString(long bytes) {
    if (bytes > limits.stringBytes()) {
      return false;
    }
    charge(bytes);
    return true;
  }

  /** Sets what is run where a rule is stopped, while its stack still stands. */
  public void setStopListener(Runnable listener) {
    stopListener = listener;
  }

  /** Returns the limits that this budget is filled to. */
  public RuleLimits limits() {
    return limits;
  }

  /** Returns how many events were stopped because they ran past a limit. */
  public long stoppedEvents() {
    return stopped;
  }

  private void checkAllocation() {
    long now = AllocationMeter.allocatedBytes();
    if (now < 0) {
      return;
    }
    if (meterStart < 0) {
      meterStart = now;
    } else if (now - meterStart > limits.bytesPerEvent()) {
      throw outOfMemory();
    }
  }

  private OutOfBudget outOfMemory() {
    return stop("more than " + limits.bytesPerEvent() + " bytes", "bytes per event");
  }

  private OutOfBudget stop(String what, String limit) {
    stopped++;
    // what remains is nothing: code that runs while the error passes, such as a finaliser, stops at
    // once too
    remaining = 0;
    ticks.setLeft(0);
    stopListener.run();
    return new OutOfBudget(
        "rule stopped: it used " + what + "; shorten its loops, or raise the limit of " + limit);
  }
}
