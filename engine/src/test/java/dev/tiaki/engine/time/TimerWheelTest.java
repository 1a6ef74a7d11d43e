package dev.tiaki.engine.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimerWheelTest {
  private static final long SECOND = 1_000_000_000L;

  private final TimerWheel wheel = new TimerWheel();
  private final List<String> fired = new ArrayList<>();

  private final class Named extends Timer {
    private final String name;
    private Runnable then = () -> {};

    Named(String name) {
      this.name = name;
    }

    @Override
    protected void expired(long nowNanos) {
      fired.add(name);
      then.run();
    }
  }

  @Test
  void a_timer_fires_once_and_never_early() {
    wheel.advanceTo(100 * SECOND);
    wheel.schedule(new Named("a"), 101 * SECOND);
    wheel.advanceTo(101 * SECOND - 1);
    assertThat(fired).isEmpty();
    wheel.advanceTo(101 * SECOND + SECOND / 10);
    wheel.advanceTo(500 * SECOND);
    assertThat(fired).containsExactly("a");
  }

  @Test
  void a_timer_further_away_than_one_turn_waits_for_its_turn() {
    wheel.advanceTo(SECOND);
    wheel.schedule(new Named("far"), 1000 * SECOND);
    for (int s = 2; s < 1000; s++) {
      wheel.advanceTo(s * SECOND);
    }
    assertThat(fired).isEmpty();
    wheel.advanceTo(1001 * SECOND);
    assertThat(fired).containsExactly("far");
  }

  @Test
  void a_jump_of_hours_fires_everything_due() {
    wheel.advanceTo(SECOND);
    for (int i = 0; i < 50; i++) {
      wheel.schedule(new Named("t" + i), (10 + i * 37L) * SECOND);
    }
    wheel.advanceTo(100_000 * SECOND);
    assertThat(fired).hasSize(50);
    assertThat(wheel.armed()).isZero();
  }

  @Test
  void a_cancelled_timer_never_fires_even_when_its_neighbour_cancels_it() {
    wheel.advanceTo(SECOND);
    Named first = new Named("first");
    Named second = new Named("second");
    Named third = new Named("third");
    first.then = () -> wheel.cancel(second);
    for (Named timer : List.of(first, second, third)) {
      wheel.schedule(timer, 2 * SECOND);
    }
    wheel.advanceTo(3 * SECOND);
    assertThat(fired).containsExactly("first", "third");
  }

  @Test
  void a_timer_may_arm_itself_again() {
    wheel.advanceTo(SECOND);
    Named again = new Named("again");
    again.then = () -> wheel.schedule(again, again.deadlineNanos() + SECOND);
    wheel.schedule(again, 2 * SECOND);
    for (int tenths = 11; tenths <= 52; tenths++) {
      wheel.advanceTo(tenths * SECOND / 10);
    }
    assertThat(fired).hasSize(4);
    assertThat(again.isArmed()).isTrue();
  }

  @Test
  void random_timers_fire_like_in_a_naive_model() {
    long seed = Long.getLong("tiaki.seed", 42);
    Random random = new Random(seed);
    long now = 1_000 * SECOND;
    wheel.advanceTo(now);
    List<Named> all = new ArrayList<>();
    for (int step = 0; step < 20_000; step++) {
      Named timer;
      if (all.size() < 200) {
        timer = new Named("t" + all.size());
        all.add(timer);
      } else {
        timer = all.get(random.nextInt(all.size()));
      }
      if (random.nextInt(4) == 0) {
        wheel.cancel(timer);
      } else {
        wheel.schedule(timer, now + random.nextLong(600 * SECOND));
      }
      now += random.nextLong(random.nextInt(100) == 0 ? 400 * SECOND : SECOND / 2);
      wheel.advanceTo(now);
      long late = now - SECOND / 10;
      for (Named each : all) {
        assertThat(each.isArmed() && each.deadlineNanos() < late)
            .as("seed=%d step=%d %s is overdue", seed, step, each.name)
            .isFalse();
      }
      assertThat(wheel.armed()).isEqualTo((int) all.stream().filter(Timer::isArmed).count());
    }
  }

  @Test
  void after_a_restart_older_times_count_again() {
    wheel.advanceTo(1000 * SECOND);
    wheel.restart();
    wheel.advanceTo(10 * SECOND);
    wheel.schedule(new Named("a"), 20 * SECOND);
    wheel.advanceTo(19 * SECOND);
    assertThat(fired).isEmpty();
    wheel.advanceTo(21 * SECOND);
    assertThat(fired).containsExactly("a");
  }
}
