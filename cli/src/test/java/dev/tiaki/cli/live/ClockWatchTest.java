package dev.tiaki.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ClockWatchTest {
  private static final long SECOND_NANOS = 1_000_000_000L;

  private final List<String> log = new ArrayList<>();
  private long wallNanos = 1_700_000_000L * SECOND_NANOS;
  private long evenNanos = wallNanos;
  private final ClockWatch watch =
      new ClockWatch(
          () -> wallNanos, () -> evenNanos, (level, text) -> log.add(level + " " + text));

  private void pass(long seconds) {
    wallNanos += seconds * SECOND_NANOS;
    evenNanos += seconds * SECOND_NANOS;
    watch.look();
  }

  @Test
  void nothing_is_said_while_the_clocks_go_alike() {
    pass(1);
    pass(3600);
    assertThat(log).isEmpty();
  }

  @Test
  void a_step_is_told_once_in_each_direction() {
    wallNanos += 3600 * SECOND_NANOS;
    pass(1);
    pass(1);
    wallNanos -= 86_400 * SECOND_NANOS;
    pass(1);
    pass(1);
    assertThat(log)
        .satisfiesExactly(
            line -> assertThat(line).startsWith("WARN the wall clock was set forward by 3600 s"),
            line -> assertThat(line).startsWith("WARN the wall clock was set back by 86400 s"));
  }

  @Test
  void small_corrections_are_left_alone() {
    wallNanos += SECOND_NANOS;
    pass(1);
    assertThat(log).isEmpty();
  }
}
