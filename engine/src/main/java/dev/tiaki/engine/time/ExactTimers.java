package dev.tiaki.engine.time;

import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Timers that fire with the first packet at or behind their deadline, to the nanosecond: those that
 * rule files set. The wheel's own timers, which are many, may fire up to 67 ms late.
 *
 * <p>Arming costs O(log n) and a small object. Timers of one deadline fire in the order in which
 * they were armed.
 */
public final class ExactTimers {
  private final PriorityQueue<Alarm> queue =
      new PriorityQueue<>(
          Comparator.comparingLong((Alarm alarm) -> alarm.deadlineNanos)
              .thenComparingLong(alarm -> alarm.rank));
  private long nextDeadline = Long.MAX_VALUE;
  private long armed;

  ExactTimers() {}

  /** One call at a later time. */
  public static final class Alarm {
    private final long deadlineNanos;
    private final long rank;
    private @Nullable Expiry action;

    private Alarm(long deadlineNanos, long rank, Expiry action) {
      this.deadlineNanos = deadlineNanos;
      this.rank = rank;
      this.action = action;
    }

    /** Returns the deadline, nanoseconds since the Unix epoch. */
    public long deadlineNanos() {
      return deadlineNanos;
    }
  }

  /** What happens at a deadline. */
  @FunctionalInterface
  public interface Expiry {
    /** Called once, when the network time has reached the deadline. */
    void expired(long nowNanos);
  }

  /** Has {@code action} called once at {@code deadlineNanos}. */
  public Alarm schedule(long deadlineNanos, Expiry action) {
    Alarm alarm = new Alarm(deadlineNanos, armed++, action);
    queue.add(alarm);
    nextDeadline = Math.min(nextDeadline, deadlineNanos);
    return alarm;
  }

  /** Takes an alarm back; nothing happens when it fired already. */
  public void cancel(Alarm alarm) {
    if (alarm.action != null) {
      alarm.action = null;
      queue.remove(alarm);
      noteNext();
    }
  }

  /** Returns the number of armed timers. */
  public int size() {
    return queue.size();
  }

  void advanceTo(long nowNanos) {
    if (nowNanos >= nextDeadline) {
      fire(nowNanos);
    }
  }

  private void fire(long nowNanos) {
    long bound = armed; // what is armed meanwhile waits for the next packet
    for (Alarm due = due(nowNanos, bound); due != null; due = due(nowNanos, bound)) {
      Expiry action = due.action;
      due.action = null;
      if (action != null) {
        action.expired(nowNanos);
      }
    }
    noteNext();
  }

  private @Nullable Alarm due(long nowNanos, long bound) {
    Alarm first = queue.peek();
    if (first == null || first.deadlineNanos > nowNanos || first.rank >= bound) {
      return null;
    }
    return queue.poll();
  }

  private void noteNext() {
    Alarm first = queue.peek();
    nextDeadline = first == null ? Long.MAX_VALUE : first.deadlineNanos;
  }
}
