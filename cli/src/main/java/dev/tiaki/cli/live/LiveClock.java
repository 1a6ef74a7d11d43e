package dev.tiaki.cli.live;

import java.util.function.LongSupplier;

/**
 * The time of live packets: the wall clock of the start, going on evenly however that is set
 * meanwhile. For one thread, but for {@link #nanos}.
 */
final class LiveClock {
  private static final long NANOS_PER_MILLI = 1_000_000L;

  /**
   * What a packet may have waited on its way here before its stamp is taken for another clock's.
   */
  private static final long MAX_DELAY_NANOS = 2_000_000_000L;

  private final LongSupplier even;
  private final long originNanos;
  private final long epochNanos;
  private long correctionNanos;

  LiveClock() {
    this(System::nanoTime, System.currentTimeMillis());
  }

  /** Makes one that goes as {@code even} does, from {@code epochMillis} on. */
  LiveClock(LongSupplier even, long epochMillis) {
    this.even = even;
    this.originNanos = even.getAsLong();
    this.epochNanos = epochMillis * NANOS_PER_MILLI;
  }

  /** Returns nanoseconds since the Unix epoch. */
  long nanos() {
    return epochNanos + (even.getAsLong() - originNanos);
  }

  /**
   * Returns the time of a packet that was stamped by the wall clock. When that was set, all stamps
   * from then on are off by the same amount, which is taken away again: else a step forward would
   * end every connection at once, and after a step back none would end.
   */
  long even(long stampNanos) {
    long now = nanos();
    long behindNanos = now - (stampNanos + correctionNanos);
    if (behindNanos < -NANOS_PER_MILLI || behindNanos > MAX_DELAY_NANOS) {
      correctionNanos = now - stampNanos;
    }
    return stampNanos + correctionNanos;
  }
}
