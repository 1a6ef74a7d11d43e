package dev.tiaki.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packets that are stamped by a wall clock which somebody sets. */
class LiveClockTest {
  private static final long START_MILLIS = 1_700_000_000_000L;
  private static final long SECOND = 1_000_000_000L;
  private static final long MILLI = 1_000_000L;

  private long evenNanos = 42;
  private long wallNanos = START_MILLIS * MILLI;
  private final LiveClock clock = new LiveClock(() -> evenNanos, START_MILLIS);

  private void pass(long nanos) {
    evenNanos += nanos;
    wallNanos += nanos;
  }

  @Test
  void time_begins_with_the_wall_clock_and_passes_evenly() {
    assertThat(clock.nanos()).isEqualTo(START_MILLIS * MILLI);
    pass(3 * SECOND);
    assertThat(clock.nanos()).isEqualTo(START_MILLIS * MILLI + 3 * SECOND);
  }

  @Test
  void a_stamp_stays_as_it_is_however_long_the_packet_waited_within_reason() {
    for (int i = 0; i < 100; i++) {
      pass(SECOND / 10);
      assertThat(clock.even(wallNanos - i * 10 * MILLI)).isEqualTo(wallNanos - i * 10 * MILLI);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {3, -3, 3600, -3600, 86_400 * 365 * 10L, -86_400 * 365 * 10L})
  void a_clock_that_is_set_moves_no_packet_in_time(long stepSeconds) {
    pass(SECOND);
    long before = clock.even(wallNanos);
    wallNanos += TimeUnit.SECONDS.toNanos(stepSeconds);
    for (int i = 1; i <= 50; i++) {
      pass(SECOND / 100);
      assertThat(clock.even(wallNanos)).isEqualTo(before + i * (SECOND / 100));
    }
  }

  @Test
  void what_is_waited_for_does_not_end_early_when_the_clock_is_set_back_and_forth() {
    long last = clock.even(wallNanos);
    for (int i = 0; i < 1000; i++) {
      wallNanos += (i % 2 == 0 ? 7200 : -7200) * SECOND;
      pass(MILLI);
      long now = clock.even(wallNanos);
      assertThat(now - last).isBetween(0L, 2 * MILLI);
      last = now;
    }
  }
}
