package dev.tiaki.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProgressBarTest {
  @Test
  void a_bar_says_how_far_how_fast_and_how_long() {
    assertThat(ProgressBar.line(0.5, 1_000_000, 10))
        .isEqualTo(
            "[===============               ]  50 %  1,000,000 packets  100,000/s  0:10 left");
  }

  @Test
  void where_nobody_knows_the_size_there_is_no_bar() {
    assertThat(ProgressBar.line(-1, 1_000, 2)).isEqualTo("1,000 packets  500/s");
  }

  @Test
  void at_the_beginning_there_is_no_guess() {
    assertThat(ProgressBar.line(0, 0, 0)).doesNotContain("left");
  }
}
