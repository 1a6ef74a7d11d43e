package dev.tiaki.cli.live;

import dev.tiaki.engine.log.LogLevel;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/** Looks whether the wall clock was set, and says once what that means for what is written. */
final class ClockWatch {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** Less is a time server that corrects the clock little by little. */
  private static final long MIN_STEP_NANOS = 2 * NANOS_PER_SECOND;

  private final LongSupplier wallNanos;
  private final LongSupplier evenNanos;
  private final BiConsumer<LogLevel, String> log;
  private long toldNanos;

  /**
   * Makes one.
   *
   * @param wallNanos the wall clock, nanoseconds since the Unix epoch
   * @param evenNanos the clock of live packets, that goes on evenly
   */
  ClockWatch(LongSupplier wallNanos, LongSupplier evenNanos, BiConsumer<LogLevel, String> log) {
    this.wallNanos = wallNanos;
    this.evenNanos = evenNanos;
    this.log = log;
  }

  /** Looks; called about once a second. */
  void look() {
    long aheadNanos = wallNanos.getAsLong() - evenNanos.getAsLong();
    long stepNanos = aheadNanos - toldNanos;
    if (Math.abs(stepNanos) < MIN_STEP_NANOS) {
      return;
    }
    toldNanos = aheadNanos;
    log.accept(
        LogLevel.WARN,
        "the wall clock was set %s by %d s; connections, timers and what is written keep the time of the start"
            .formatted(stepNanos > 0 ? "forward" : "back", Math.abs(stepNanos) / NANOS_PER_SECOND));
  }
}
