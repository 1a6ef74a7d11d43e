package dev.tiaki.engine.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExactTimersTest {
  private final TimerWheel wheel = new TimerWheel();
  private final List<String> fired = new ArrayList<>();

  private ExactTimers.Alarm arm(String name, long deadline) {
    return wheel.exact().schedule(deadline, now -> fired.add(name + "@" + now));
  }

  @Test
  void an_alarm_fires_with_the_first_time_at_its_deadline() {
    arm("a", 100);
    wheel.advanceTo(99);
    assertThat(fired).isEmpty();
    wheel.advanceTo(100);
    wheel.advanceTo(101);
    assertThat(fired).containsExactly("a@100");
    assertThat(wheel.exact().size()).isZero();
  }

  @Test
  void alarms_fire_by_deadline_and_then_in_the_order_of_arming() {
    arm("late", 30);
    arm("first", 10);
    arm("second", 10);
    wheel.advanceTo(50);
    assertThat(fired).containsExactly("first@50", "second@50", "late@50");
  }

  @Test
  void a_cancelled_alarm_stays_silent() {
    ExactTimers.Alarm alarm = arm("a", 10);
    arm("b", 20);
    wheel.exact().cancel(alarm);
    wheel.exact().cancel(alarm);
    wheel.advanceTo(30);
    assertThat(fired).containsExactly("b@30");
  }

  @Test
  void what_is_armed_while_alarms_fire_waits_for_the_next_time() {
    wheel.exact().schedule(10, now -> arm("child", 10));
    wheel.advanceTo(10);
    assertThat(fired).isEmpty();
    wheel.advanceTo(10);
    assertThat(fired).containsExactly("child@10");
  }
}
