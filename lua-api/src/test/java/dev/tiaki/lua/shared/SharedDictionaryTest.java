package dev.tiaki.lua.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** The dictionary that workers share: expiry, bounds, and many threads at once. */
class SharedDictionaryTest {
  private static SharedDictionary dictionary(int entries) {
    return new SharedDictionary(new SharedLimits(entries, 1 << 20));
  }

  private static SharedValue number(double value) {
    return new SharedValue.Numeric(value);
  }

  @Test
  void a_value_is_there_until_it_expires() {
    SharedDictionary dictionary = dictionary(10);
    dictionary.set("a", number(1), 100, 50);
    assertThat(dictionary.get("a", 149)).isEqualTo(number(1));
    assertThat(dictionary.get("a", 150)).isNull();
    assertThat(dictionary.size()).isZero();
    assertThat(dictionary.bytes()).isZero();
  }

  @Test
  void a_life_beyond_the_end_of_time_is_for_ever() {
    SharedDictionary dictionary = dictionary(10);
    dictionary.set("a", number(1), Long.MAX_VALUE - 10, 100);
    assertThat(dictionary.get("a", Long.MAX_VALUE - 1)).isEqualTo(number(1));
  }

  @Test
  void a_full_dictionary_loses_what_was_written_longest_ago() {
    SharedDictionary dictionary = dictionary(2);
    dictionary.set("a", number(1), 0, 0);
    dictionary.set("b", number(2), 0, 0);
    dictionary.increment("a", 1, 0, 0);
    dictionary.set("c", number(3), 0, 0);
    assertThat(dictionary.keys(0)).containsExactly("a", "c");
    assertThat(dictionary.evicted()).isEqualTo(1);
  }

  @Test
  void octets_are_bounded_too() {
    SharedDictionary dictionary = new SharedDictionary(new SharedLimits(100, 500));
    String text = "x".repeat(100);
    for (String key : List.of("a", "b", "c", "d")) {
      assertThat(dictionary.set(key, new SharedValue.Text(text), 0, 0)).isTrue();
    }
    assertThat(dictionary.keys(0)).containsExactly("b", "c", "d");
    assertThat(dictionary.bytes()).isLessThanOrEqualTo(500);
    assertThat(dictionary.set("b", new SharedValue.Text("x".repeat(500)), 0, 0)).isFalse();
    assertThat(dictionary.keys(0)).containsExactly("b", "c", "d");
  }

  @Test
  void expired_entries_make_room_before_others_do() {
    SharedDictionary dictionary = dictionary(2);
    dictionary.set("old", number(1), 0, 10);
    dictionary.set("kept", number(2), 0, 0);
    dictionary.set("new", number(3), 20, 0);
    assertThat(dictionary.keys(20)).containsExactly("kept", "new");
    assertThat(dictionary.evicted()).isZero();
  }

  @Test
  void a_number_keeps_its_deadline_while_it_grows() {
    SharedDictionary dictionary = dictionary(10);
    assertThat(dictionary.increment("n", 2, 0, 10)).isEqualTo(2);
    assertThat(dictionary.increment("n", 3, 9, 10)).isEqualTo(5);
    assertThat(dictionary.increment("n", 1, 10, 10)).isEqualTo(1);
    dictionary.set("t", new SharedValue.Text("x"), 0, 0);
    assertThat(dictionary.increment("t", 1, 0, 0)).isNull();
  }

  @Test
  void add_sets_only_what_is_not_there() {
    SharedDictionary dictionary = dictionary(10);
    assertThat(dictionary.add("a", number(1), 0, 10)).isTrue();
    assertThat(dictionary.add("a", number(2), 9, 10)).isFalse();
    assertThat(dictionary.add("a", number(3), 10, 10)).isTrue();
    assertThat(dictionary.delete("a", 10)).isTrue();
    assertThat(dictionary.delete("a", 10)).isFalse();
  }

  @Test
  void increments_of_many_threads_are_all_counted() throws InterruptedException {
    SharedDictionary dictionary = dictionary(10);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Thread thread =
          new Thread(() -> {
            for (int n = 0; n < 10_000; n++) {
              dictionary.increment("n", 1, 0, 0);
            }
          });
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(dictionary.get("n", 0)).isEqualTo(number(40_000));
  }

  @RepeatedTest(20)
  void behaves_as_a_map_with_deadlines() {
    long seed = new Random().nextLong();
    Random random = new Random(Long.getLong("tiaki.seed", seed));
    SharedDictionary dictionary = dictionary(1000);
    Map<Object, double[]> model = new HashMap<>(); // value, deadline
    long now = 0;
    for (int i = 0; i < 2000; i++) {
      now += random.nextInt(3);
      Object key = random.nextBoolean() ? "k" + random.nextInt(20) : (double) random.nextInt(20);
      long life = random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(30);
      double deadline = life == 0 ? Double.MAX_VALUE : now + life;
      double[] known = model.get(key);
      boolean there = known != null && known[1] > now;
      switch (random.nextInt(4)) {
        case 0 -> {
          dictionary.set(key, number(i), now, life);
          model.put(key, new double[] {i, deadline});
        }
        case 1 -> {
          assertThat(dictionary.delete(key, now)).as("seed %d", seed).isEqualTo(there);
          model.remove(key);
        }
        case 2 -> {
          dictionary.increment(key, 1, now, life);
          model.put(
              key,
              there && known != null
                  ? new double[] {known[0] + 1, known[1]}
                  : new double[] {1, deadline});
        }
        default ->
            assertThat(dictionary.get(key, now))
                .as("seed %d", seed)
                .isEqualTo(there && known != null ? number(known[0]) : null);
      }
    }
  }
}
