package dev.tiaki.engine.time;

/**
 * The clock of one worker: the time of the newest packet it was given, in nanoseconds since the
 * Unix epoch.
 *
 * <p>It never goes back: a packet with an older time (captures merged from several interfaces)
 * leaves it where it is, so that timers fire once.
 */
public final class NetworkTime {
  private long nanos;

  /**
   * Returns the current network time, nanoseconds since the Unix epoch; 0 before the first packet.
   */
  public long nanos() {
    return nanos;
  }

  /** Moves the clock forward to {@code nanos}; an older time is ignored. */
  public void advanceTo(long nanos) {
    if (nanos > this.nanos) {
      this.nanos = nanos;
    }
  }

  /** Sets the clock back to its beginning: what follows may be older than anything before. */
  public void restart() {
    nanos = 0;
  }
}
