package dev.tiaki.engine.time;

import org.jspecify.annotations.Nullable;

/**
 * Something that happens at a later network time.
 *
 * <p>A timer is its own list node, so that arming one allocates nothing: what needs a timeout (a
 * flow, a datagram in reassembly) extends this class or holds one instance and arms it again and
 * again.
 */
public abstract class Timer {
  long deadlineNanos;
  int slot = -1;
  @Nullable Timer next;
  @Nullable Timer previous;

  /** Makes a timer that is not armed. */
  protected Timer() {}

  /** Called once when the network time has reached the deadline; the timer is no longer armed. */
  protected abstract void expired(long nowNanos);

  /** Tells whether the timer waits in a wheel. */
  public final boolean isArmed() {
    return slot >= 0;
  }

  /** Returns the deadline, nanoseconds since the Unix epoch; meaningful while armed. */
  public final long deadlineNanos() {
    return deadlineNanos;
  }
}
