package dev.tiaki.cli.live;

/** The time of live packets: the wall clock of the start, going on evenly however that is set. */
final class LiveClock {
  private static final long NANOS_PER_MILLI = 1_000_000L;

  private final long originNanos = System.nanoTime();
  private final long epochNanos = System.currentTimeMillis() * NANOS_PER_MILLI;

  LiveClock() {}

  /** Returns nanoseconds since the Unix epoch. */
  long nanos() {
    return epochNanos + (System.nanoTime() - originNanos);
  }
}
