package dev.tiaki.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SequenceMapTest {
  private final SequenceMap map = new SequenceMap(1024);

  @Test
  void without_edits_both_numberings_are_the_same() {
    assertThat(map.isIdentity()).isTrue();
    assertThat(map.toOutputStart(-5)).isEqualTo(-5);
    assertThat(map.toOriginal(7)).isEqualTo(7);
  }

  @Test
  void an_insertion_moves_what_follows_it() {
    map.addEdit(100, 0, 4);
    assertThat(map.toOutputStart(99)).isEqualTo(99);
    assertThat(map.toOutputStart(100)).isEqualTo(100);
    assertThat(map.toOutputEnd(100)).isEqualTo(104);
    assertThat(map.toOutputStart(101)).isEqualTo(105);
    assertThat(map.toOriginal(100)).isEqualTo(100);
    assertThat(map.toOriginal(103)).isEqualTo(100);
    assertThat(map.toOriginal(104)).isEqualTo(100);
    assertThat(map.toOriginal(105)).isEqualTo(101);
    assertThat(map.endsWithUnseenInsertion(103)).isTrue();
    assertThat(map.endsWithUnseenInsertion(104)).isFalse();
  }

  @Test
  void an_erasure_is_acknowledged_with_the_byte_before_it() {
    map.addEdit(100, 10, 0);
    assertThat(map.toOutputStart(105)).isEqualTo(100);
    assertThat(map.toOutputEnd(105)).isEqualTo(100);
    assertThat(map.toOutputStart(110)).isEqualTo(100);
    assertThat(map.toOriginal(99)).isEqualTo(99);
    assertThat(map.toOriginal(100)).isEqualTo(110);
  }

  @Test
  void a_replacement_is_acknowledged_as_a_whole() {
    map.addEdit(100, 10, 20);
    assertThat(map.toOriginal(110)).isEqualTo(100);
    assertThat(map.toOriginalRoundedUp(110)).isEqualTo(110);
    assertThat(map.toOriginal(120)).isEqualTo(110);
    assertThat(map.delta()).isEqualTo(10);
  }

  @Test
  void haka_counts_the_rest_past_the_edit() {
    map.addEdit(100, 10, 4);
    assertThat(map.toOriginalLoosely(103)).isEqualTo(103);
    assertThat(map.toOriginalLoosely(104)).isEqualTo(110);
    assertThat(map.toOriginalLoosely(105)).isEqualTo(111);
  }

  @Test
  void acknowledged_edits_are_forgotten_and_the_numbering_stays() {
    for (int i = 0; i < 500; i++) {
      map.addEdit(1000 + 10 * i, 1, 3);
      map.acknowledged(1000 + 12 * i);
    }
    assertThat(map.edits()).isLessThan(100);
    assertThat(map.toOutputStart(7000)).isEqualTo(8000);
    assertThat(map.toOriginal(8000)).isEqualTo(7000);
  }

  @Test
  void the_number_of_edits_is_bounded() {
    SequenceMap small = new SequenceMap(8);
    for (int i = 0; i < 100; i++) {
      small.addEdit(1000 + 10 * i, 1, 3);
    }
    assertThat(small.edits()).isEqualTo(8);
    assertThat(small.toOutputStart(2000)).isEqualTo(2200);
    assertThat(small.toOriginal(2200)).isEqualTo(2000);
  }

  @Test
  void random_edits_translate_as_a_list_of_bytes_does() {
    for (int seed = 0; seed < 2000; seed++) {
      check(new Random(seed), seed);
    }
  }

  /** The model: for each output byte the original byte that it is or belongs to. */
  private static void check(Random random, int seed) {
    SequenceMap map = new SequenceMap(1024);
    int base = random.nextInt();
    List<Integer> outputOfOriginal = new ArrayList<>(); // position of each original byte's output
    int original = 0;
    int output = 0;
    for (int step = 0; step < 20; step++) {
      int kept = 1 + random.nextInt(5);
      for (int i = 0; i < kept; i++) {
        outputOfOriginal.add(output++);
        original++;
      }
      int erased = random.nextInt(4);
      int inserted = erased == 0 ? 1 + random.nextInt(4) : random.nextInt(4);
      map.addEdit(base + original, erased, inserted);
      for (int i = 0; i < erased; i++) {
        outputOfOriginal.add(-1);
      }
      original += erased;
      output += inserted;
    }
    for (int i = 0; i < outputOfOriginal.size(); i++) {
      int wanted = outputOfOriginal.get(i);
      if (wanted >= 0) {
        assertThat(map.toOutputEnd(base + i))
            .as("seed=%d, byte=%d", seed, i)
            .isEqualTo(base + wanted);
        int acknowledged = map.toOriginal(base + wanted + 1);
        assertThat(SequenceNumber.distance(base + i, acknowledged))
            .as("seed=%d", seed)
            .isPositive();
        assertThat(map.toOriginal(base + wanted)).as("seed=%d", seed).isEqualTo(base + i);
      }
    }
    assertThat(map.toOutputEnd(base + original)).isEqualTo(base + output);
    assertThat(map.toOriginal(base + output)).isEqualTo(base + original);
  }
}
