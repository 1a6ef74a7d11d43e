package dev.tiaki.engine.time;

import org.jspecify.annotations.Nullable;

/**
 * Timers hashed by their deadline into slots of 2^26 ns (67 ms), 4 096 of them (275 s a turn).
 *
 * <p>Arming and cancelling take constant time. A timer further away than one turn stays in its slot
 * and is looked at once a turn. Timers fire in the order of their slots, so up to 67 ms late and
 * never early: timeouts of flows and fragments are seconds. Within a slot they fire in the order in
 * which they were armed, which keeps replays deterministic.
 */
public final class TimerWheel {
  private static final int TICK_SHIFT = 26;
  private static final int SLOTS = 1 << 12;

  private final @Nullable Timer[] heads = new @Nullable Timer[SLOTS];
  private final @Nullable Timer[] tails = new @Nullable Timer[SLOTS];
  private final ExactTimers exact = new ExactTimers();
  private long tick = Long.MIN_VALUE;
  private int armed;

  /** Returns the few timers that may not fire late. */
  public ExactTimers exact() {
    return exact;
  }

  /** Arms {@code timer}; one that is armed already is moved to the new deadline. */
  public void schedule(Timer timer, long deadlineNanos) {
    cancel(timer);
    timer.deadlineNanos = deadlineNanos;
    // rounded up: a timer never fires early; at least the next tick, so that expired() may re-arm
    long due = Math.max((deadlineNanos >> TICK_SHIFT) + 1, tick + 1);
    append(timer, (int) (due & (SLOTS - 1)));
    armed++;
  }

  /** Disarms {@code timer}; nothing happens when it is not armed. */
  public void cancel(Timer timer) {
    if (timer.slot >= 0) {
      unlink(timer);
      armed--;
    }
  }

  /** Returns the number of armed timers. */
  public int armed() {
    return armed;
  }

  /**
   * Fires what is due at {@code nowNanos}; called before each packet, cheap when no tick has
   * passed.
   */
  public void advanceTo(long nowNanos) {
    exact.advanceTo(nowNanos);
    long now = nowNanos >> TICK_SHIFT;
    if (now <= tick) {
      return;
    }
    if (tick == Long.MIN_VALUE) {
      tick = now - 1;
      fireEverythingUpTo(now, nowNanos);
    } else if (now - tick >= SLOTS) {
      fireEverythingUpTo(now, nowNanos);
    } else {
      while (tick < now) {
        tick++;
        fireSlot((int) (tick & (SLOTS - 1)), nowNanos);
      }
    }
  }

  /**
   * Forgets how far the clock is, because what follows may be older. Timers that are still armed
   * keep their deadlines.
   */
  public void restart() {
    tick = Long.MIN_VALUE;
  }

  private void fireEverythingUpTo(long now, long nowNanos) {
    long first = now - SLOTS + 1;
    tick = now;
    for (long t = first; t <= now; t++) {
      fireSlot((int) (t & (SLOTS - 1)), nowNanos);
    }
  }

  private void fireSlot(int slot, long nowNanos) {
    Timer last = tails[slot];
    if (last == null) {
      return;
    }
    // Timers armed by an expiring one land in later ticks; the list is taken up to its present end.
    Timer timer = heads[slot];
    while (timer != null) {
      Timer following = timer == last ? null : timer.next;
      if (timer.deadlineNanos <= nowNanos) {
        unlink(timer);
        armed--;
        timer.expired(nowNanos);
        // expired() may have cancelled the following timer
        if (following != null && following.slot != slot) {
          following = heads[slot];
        }
      }
      timer = following;
    }
  }

  private void append(Timer timer, int slot) {
    Timer tail = tails[slot];
    timer.slot = slot;
    timer.previous = tail;
    timer.next = null;
    if (tail == null) {
      heads[slot] = timer;
    } else {
      tail.next = timer;
    }
    tails[slot] = timer;
  }

  private void unlink(Timer timer) {
    int slot = timer.slot;
    Timer before = timer.previous;
    Timer after = timer.next;
    if (before == null) {
      heads[slot] = after;
    } else {
      before.next = after;
    }
    if (after == null) {
      tails[slot] = before;
    } else {
      after.previous = before;
    }
    timer.slot = -1;
    timer.next = null;
    timer.previous = null;
  }
}
