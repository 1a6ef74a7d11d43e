package dev.tiaki.engine.buffer;

import static dev.tiaki.engine.buffer.Texts.buffer;
import static dev.tiaki.engine.buffer.Texts.chunks;
import static dev.tiaki.engine.buffer.Texts.rest;
import static dev.tiaki.engine.buffer.Texts.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Where iterators stand and what they do. */
class BufferIteratorTest {
  @Test
  void advance_moves_at_most_to_the_end_and_tells_how_far() {
    BufferIterator it = chunks("ab", "cde").begin();
    assertThat(it.advance(3)).isEqualTo(3);
    assertThat(rest(it)).isEqualTo("de");
    assertThat(it.advance(10)).isEqualTo(2);
    assertThat(it.advance(1)).isZero();
  }

  @Test
  void the_meter_counts_what_advance_and_sub_pass() {
    BufferIterator it = chunks("ab", "cde").begin();
    it.setMeter(100);
    it.advance(1);
    it.sub(3, false);
    it.advance(100);
    assertThat(it.meter()).isEqualTo(105);
    assertThat(it.copy().meter()).isEqualTo(105);
    BufferIterator other = new BufferIterator();
    other.moveTo(it);
    assertThat(other.meter()).isEqualTo(105);
    assertThat(other.position()).isEqualTo(5);
  }

  @Test
  void available_counts_to_the_end() {
    BufferIterator it = chunks("ab", "cde").position(1);
    assertThat(it.available()).isEqualTo(4);
    assertThat(it.checkAvailable(4)).isTrue();
    assertThat(it.checkAvailable(5)).isFalse();
    assertThat(it.available(2)).isEqualTo(2);
  }

  @Test
  void bytes_are_read_one_by_one() {
    BufferIterator it = chunks("a", "b").begin();
    assertThat(it.read()).isEqualTo('a');
    assertThat(it.read()).isEqualTo('b');
    assertThat(it.read()).isEqualTo(-1);
    assertThat(it.meter()).isEqualTo(2);
  }

  @Test
  void an_ordinary_buffer_ends_with_eof() {
    BufferIterator it = buffer("a").begin();
    assertThat(it.isEof()).isFalse();
    it.advance(1);
    assertThat(it.isEof()).isTrue();
  }

  @Test
  void sub_gives_the_next_bytes_and_moves_after_them() {
    BufferIterator it = chunks("ab", "cdef").begin();
    assertThat(text(it.sub(3, false))).isEqualTo("abc");
    assertThat(text(it.sub(9, true))).isEqualTo("def");
    assertThat(it.sub(1, false).size()).isZero();
  }

  @Test
  void sub_available_is_null_at_the_end_and_sub_all_is_empty() {
    BufferIterator it = buffer("abc").begin();
    assertThat(text(Objects.requireNonNull(it.subAvailable(false)))).isEqualTo("abc");
    assertThat(it.subAvailable(false)).isNull();
    assertThat(it.subAll(false).size()).isZero();
  }

  @Test
  void a_look_at_what_is_available_does_not_move() {
    BufferIterator it = chunks("ab", "cd").position(1);
    assertThat(text(Objects.requireNonNull(it.peekAvailable()))).isEqualTo("bcd");
    assertThat(it.advanceAll()).isEqualTo(3);
    assertThat(it.peekAvailable()).isNull();
  }

  @Test
  void an_iterator_stays_before_what_another_inserts() {
    VirtualBuffer buffer = buffer("abcd");
    BufferIterator waiting = buffer.position(2);
    BufferIterator before = buffer.position(1);
    BufferIterator after = buffer.position(3);
    buffer.position(2).insert(buffer("--"));
    assertThat(rest(waiting)).isEqualTo("--cd");
    assertThat(rest(before)).isEqualTo("b--cd");
    assertThat(rest(after)).isEqualTo("d");
  }

  @Test
  void the_inserting_iterator_ends_after_the_data() {
    VirtualBuffer buffer = buffer("abcd");
    BufferIterator it = buffer.position(2);
    SubBuffer inserted = it.insert(buffer("--"));
    assertThat(rest(it)).isEqualTo("cd");
    assertThat(text(inserted)).isEqualTo("--");
    it.insert(buffer("++"));
    assertThat(text(buffer)).isEqualTo("ab--++cd");
  }

  @Test
  void an_insertion_at_the_beginning_leaves_others_at_the_beginning() {
    VirtualBuffer buffer = buffer("abcd");
    BufferIterator begin = buffer.begin();
    buffer.begin().insert(buffer("--"));
    assertThat(rest(begin)).isEqualTo("--abcd");
  }

  @Test
  void an_insertion_empties_the_source() {
    VirtualBuffer data = buffer("--");
    buffer("ab").begin().insert(data);
    assertThat(data.isEmpty()).isTrue();
  }

  @Test
  void an_insertion_of_nothing_modifies_nothing() {
    VirtualBuffer buffer = buffer("abcd");
    assertThat(buffer.position(2).insert(VirtualBuffer.empty()).size()).isZero();
    assertThat(buffer.isModified()).isFalse();
  }

  @Test
  void an_insertion_into_itself_is_circular() {
    VirtualBuffer buffer = buffer("abcd");
    assertThatThrownBy(() -> buffer.position(2).insert(buffer))
        .hasMessage("circular buffer insertion");
  }

  @Test
  void a_position_inside_an_erased_range_is_invalid() {
    VirtualBuffer buffer = buffer("toto");
    BufferIterator first = buffer.position(1);
    BufferIterator second = buffer.position(2);
    buffer.sub(0, 2).erase();
    assertThatThrownBy(() -> first.advance(1)).hasMessage("invalid buffer iterator");
    assertThat(rest(second)).isEqualTo("to");
  }

  @Test
  void an_invalid_position_stays_invalid_however_often_it_is_asked() {
    VirtualBuffer buffer = buffer("abcdefgh");
    BufferIterator inside = buffer.position(5);
    buffer.position(2).split();
    buffer.sub(1, 6).erase();
    for (int i = 0; i < 4; i++) {
      assertThat(inside.isValid()).isFalse();
    }
  }

  @Test
  void positions_at_the_edges_of_an_erased_range_meet() {
    VirtualBuffer buffer = chunks("ab", "cd", "ef");
    BufferIterator before = buffer.position(1);
    BufferIterator after = buffer.position(5);
    buffer.sub(1, 4).erase();
    assertThat(rest(before)).isEqualTo("f");
    assertThat(rest(after)).isEqualTo("f");
    after.insert(buffer("-"));
    assertThat(rest(before)).isEqualTo("-f");
  }

  @Test
  void a_position_survives_two_erasures_around_it_but_not_one_over_it() {
    VirtualBuffer buffer = buffer("abcdef");
    BufferIterator middle = buffer.position(3);
    buffer.sub(3, 2).erase();
    buffer.sub(1, 2).erase();
    assertThat(rest(middle)).isEqualTo("f");
    buffer.sub(0, 2).erase();
    assertThat(middle.isValid()).isFalse();
  }

  @Test
  void an_iterator_that_was_never_placed_is_empty() {
    assertThatThrownBy(() -> new BufferIterator().advance(1)).hasMessage("empty iterator");
    BufferIterator cleared = buffer("a").begin();
    cleared.clear();
    assertThatThrownBy(cleared::available).hasMessage("empty iterator");
  }

  @Test
  void split_cuts_the_chunk_and_changes_no_byte() {
    VirtualBuffer buffer = buffer("abcd");
    BufferIterator later = buffer.position(3);
    buffer.position(2).split();
    assertThat(buffer.all().isFlat()).isFalse();
    assertThat(text(buffer)).isEqualTo("abcd");
    assertThat(rest(later)).isEqualTo("d");
  }

  @Test
  void only_a_mark_can_be_unmarked() {
    BufferIterator it = buffer("abcd").position(2);
    assertThatThrownBy(it::unmark).hasMessage("iterator is not a mark");
    it.mark(false);
    it.unmark();
    assertThatThrownBy(it::unmark).hasMessage("iterator is not a mark");
    assertThat(rest(it)).isEqualTo("cd");
  }

  @Test
  void the_mark_can_be_removed_through_a_copy() {
    BufferIterator it = buffer("abcd").position(2);
    it.mark(true);
    BufferIterator copy = it.copy();
    it.advance(1);
    assertThatThrownBy(it::unmark).hasMessage("iterator is not a mark");
    copy.unmark();
    assertThat(rest(copy)).isEqualTo("cd");
  }

  @Test
  void only_the_reference_of_a_selection_can_be_restored() {
    VirtualBuffer buffer = buffer("abcd");
    VirtualBuffer data = buffer("xy");
    assertThatThrownBy(() -> buffer.position(2).restore(data, false))
        .hasMessage("invalid restore iterator");
    Selection selection = buffer.sub(1, 2).select();
    selection.reference().restore(data, false);
    assertThatThrownBy(() -> selection.reference().restore(selection.data(), false))
        .hasMessage("invalid restore iterator");
    assertThat(text(buffer)).isEqualTo("axyd");
  }
}
