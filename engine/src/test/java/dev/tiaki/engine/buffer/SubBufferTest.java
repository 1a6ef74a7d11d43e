package dev.tiaki.engine.buffer;

import static dev.tiaki.engine.buffer.Texts.buffer;
import static dev.tiaki.engine.buffer.Texts.bytes;
import static dev.tiaki.engine.buffer.Texts.chunks;
import static dev.tiaki.engine.buffer.Texts.rest;
import static dev.tiaki.engine.buffer.Texts.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;

/** Ranges of a buffer and what can be done with them. */
class SubBufferTest {
  @Test
  void a_range_with_an_end_grows_and_shrinks_with_edits_inside() {
    VirtualBuffer buffer = buffer("abcdef");
    SubBuffer range = SubBuffer.between(buffer.position(1), buffer.position(5));
    buffer.position(3).insert(buffer("----"));
    assertThat(text(range)).isEqualTo("bc----de");
    buffer.sub(2, 6).erase();
    assertThat(text(range)).isEqualTo("be");
  }

  @Test
  void a_range_with_a_length_keeps_its_length() {
    VirtualBuffer buffer = buffer("abcdef");
    SubBuffer range = buffer.position(1).sub(3, false);
    buffer.position(2).insert(buffer("--"));
    assertThat(text(range)).isEqualTo("b--");
    buffer.sub(2, -1).erase();
    assertThat(text(range)).isEqualTo("b");
  }

  @Test
  void an_end_before_the_beginning_is_invalid() {
    VirtualBuffer one = buffer("abcdef");
    assertThatThrownBy(() -> SubBuffer.between(one.position(4), one.position(2)).size())
        .hasMessage("invalid buffer end");
    VirtualBuffer two = chunks("abc", "def");
    assertThatThrownBy(() -> SubBuffer.between(two.position(4), two.position(2)).size())
        .hasMessage("invalid buffer end");
    assertThatThrownBy(() -> SubBuffer.between(one.position(1), two.position(2)).size())
        .hasMessage("invalid buffer end");
  }

  @Test
  void bytes_out_of_the_range_read_255_and_are_not_written() {
    VirtualBuffer buffer = chunks("ab", "cdef");
    SubBuffer range = buffer.sub(1, 3);
    range.set(1, 'X');
    range.set(3, 'Y');
    assertThat(range.get(0)).isEqualTo('b');
    assertThat(range.get(1)).isEqualTo('X');
    assertThat(range.get(3)).isEqualTo(255);
    assertThat(text(buffer)).isEqualTo("abXdef");
  }

  @Test
  void a_sub_of_a_sub_is_relative_and_cut() {
    SubBuffer range = chunks("ab", "cdef").sub(1, 4);
    assertThat(text(range.sub(1, 2))).isEqualTo("cd");
    assertThat(text(range.sub(2, 10))).isEqualTo("de");
    assertThat(text(range.sub(2, -1))).isEqualTo("de");
    assertThat(text(range.sub(9, -1))).isEmpty();
  }

  @Test
  void a_position_of_a_sub_may_lie_past_its_end() {
    SubBuffer range = buffer("abcdef").sub(1, 2);
    assertThat(rest(range.position(0))).isEqualTo("bcdef");
    assertThat(rest(range.position(-1))).isEqualTo("def");
    assertThat(rest(range.position(4))).isEqualTo("f");
  }

  @Test
  void zero_fills_across_chunks() {
    VirtualBuffer buffer = chunks("ab", "cd", "ef");
    buffer.sub(1, 4).zero();
    assertThat(text(buffer)).isEqualTo("a\0\0\0\0f");
  }

  @Test
  void erase_removes_the_bytes_and_leaves_an_empty_range() {
    VirtualBuffer buffer = chunks("ab", "cd", "ef");
    SubBuffer range = buffer.sub(1, 4);
    range.erase();
    assertThat(text(buffer)).isEqualTo("af");
    assertThat(range.size()).isZero();
    assertThat(buffer.isModified()).isTrue();
  }

  @Test
  void erasing_nothing_modifies_nothing() {
    VirtualBuffer buffer = buffer("ab");
    buffer.sub(1, 0).erase();
    assertThat(buffer.isModified()).isFalse();
  }

  @Test
  void an_iterator_after_a_split_sub_goes_on_after_its_erasure() {
    VirtualBuffer buffer = buffer("0123456789abcdef");
    BufferIterator it = buffer.begin();
    it.sub(10, true).erase();
    assertThat(rest(it)).isEqualTo("abcdef");
  }

  @Test
  void replace_designates_the_new_data_and_empties_the_source() {
    VirtualBuffer buffer = chunks("ab", "cdef");
    VirtualBuffer data = buffer("-----");
    SubBuffer range = buffer.sub(1, 3);
    range.replace(data);
    assertThat(text(buffer)).isEqualTo("a-----ef");
    assertThat(text(range)).isEqualTo("-----");
    assertThat(data.isEmpty()).isTrue();
  }

  @Test
  void an_iterator_after_a_replaced_range_stays_after_the_new_data() {
    VirtualBuffer buffer = buffer("abcdef");
    BufferIterator it = buffer.position(1);
    SubBuffer range = it.sub(2, false);
    BufferIterator begin = buffer.position(1);
    range.setBytes(bytes("----"));
    assertThat(rest(it)).isEqualTo("def");
    assertThat(rest(begin)).isEqualTo("----def");
  }

  @Test
  void a_range_cannot_be_replaced_by_its_own_buffer() {
    VirtualBuffer buffer = buffer("abcdef");
    assertThatThrownBy(() -> buffer.sub(1, 2).replace(buffer))
        .hasMessage("circular buffer insertion");
  }

  @Test
  void an_empty_replacement_erases() {
    VirtualBuffer buffer = buffer("abcdef");
    buffer.sub(1, 2).setBytes(bytes(""));
    assertThat(text(buffer)).isEqualTo("adef");
  }

  @Test
  void flatten_makes_the_bytes_contiguous_and_keeps_positions() {
    VirtualBuffer buffer = chunks("ab", "cd", "ef");
    SubBuffer range = buffer.sub(1, 4);
    BufferIterator inside = buffer.position(3);
    assertThat(range.isFlat()).isFalse();
    range.flatten();
    assertThat(range.isFlat()).isTrue();
    assertThat(text(buffer)).isEqualTo("abcdef");
    assertThat(rest(inside)).isEqualTo("def");
    assertThat(buffer.isModified()).isFalse();
  }

  @Test
  void a_range_over_a_mark_or_a_piece_end_cannot_be_flattened() {
    VirtualBuffer buffer = buffer("abcd");
    BufferIterator mark = buffer.position(2);
    mark.mark(false);
    assertThatThrownBy(() -> buffer.all().flatten()).hasMessage("buffer cannot be flatten");
    mark.unmark();
    buffer.all().flatten();
    assertThat(buffer.all().isFlat()).isTrue();
    BufferStream stream = new BufferStream();
    stream.push(buffer("ab"));
    stream.push(buffer("cd"));
    assertThatThrownBy(() -> stream.data().all().flatten()).hasMessage("buffer cannot be flatten");
  }

  @Test
  void check_size_compares_with_what_is_there() {
    SubBuffer range = chunks("ab", "cd").sub(1, 2);
    assertThat(range.checkSize(2)).isTrue();
    assertThat(range.checkSize(3)).isFalse();
  }

  @Test
  void a_selection_takes_the_bytes_out_until_they_are_restored() {
    VirtualBuffer buffer = chunks("ab", "cdef");
    BufferIterator before = buffer.position(1);
    BufferIterator inside = buffer.position(2);
    BufferIterator after = buffer.position(4);
    Selection selection = buffer.sub(1, 3).select();
    assertThat(text(buffer)).isEqualTo("aef");
    assertThat(text(selection.data())).isEqualTo("bcd");
    assertThat(rest(inside)).isEqualTo("cd");
    assertThat(rest(before)).isEqualTo("ef");
    assertThat(rest(after)).isEqualTo("ef");
    selection.reference().restore(selection.data(), false);
    assertThat(text(buffer)).isEqualTo("abcdef");
    assertThat(rest(before)).isEqualTo("bcdef");
    assertThat(rest(inside)).isEqualTo("cdef");
    assertThat(rest(after)).isEqualTo("ef");
    assertThat(buffer.isModified()).isFalse();
  }

  @Test
  void restoring_other_bytes_modifies_the_buffer() {
    VirtualBuffer buffer = buffer("abcdef");
    Selection selection = buffer.sub(1, 3).select();
    selection.data().set(0, 'X');
    selection.reference().restore(selection.data(), false);
    assertThat(text(buffer)).isEqualTo("aXcdef");
    assertThat(buffer.isModified()).isTrue();
  }

  @Test
  void a_restored_clone_leaves_the_given_buffer_read_only() {
    VirtualBuffer buffer = buffer("abcdef");
    Selection selection = buffer.sub(1, 3).select();
    VirtualBuffer data = selection.data();
    selection.reference().restore(data, true);
    assertThat(text(buffer)).isEqualTo("abcdef");
    assertThat(text(data)).isEqualTo("bcd");
    buffer.set(1, 'X');
    assertThat(text(data)).isEqualTo("bcd");
    assertThatThrownBy(() -> data.set(0, 'Y')).hasMessage("read only buffer");
  }

  @Test
  void read_only_bytes_can_be_selected_and_only_they_restored() {
    VirtualBuffer buffer = buffer("abcdef");
    buffer.setReadOnly();
    Selection selection = buffer.sub(1, 3).select();
    assertThatThrownBy(() -> selection.data().set(0, 'X')).hasMessage("read only buffer");
    assertThatThrownBy(() -> selection.data().append(buffer("X"))).hasMessage("read only buffer");
    assertThatThrownBy(() -> selection.reference().restore(buffer("X"), false))
        .hasMessage("read only buffer");
    selection.reference().restore(selection.data(), false);
    assertThat(text(buffer)).isEqualTo("abcdef");
    assertThat(buffer.isModified()).isFalse();
  }

  @Test
  void set_fixed_writes_in_place_and_ignores_the_excess() {
    VirtualBuffer buffer = chunks("ab", "cdef");
    buffer.sub(1, 3).setFixed(bytes("12345"));
    assertThat(text(buffer)).isEqualTo("a123ef");
    buffer.sub(1, 3).setFixed(bytes("9"));
    assertThat(text(buffer)).isEqualTo("a923ef");
  }

  @Test
  void set_bytes_replaces_whatever_the_length() {
    VirtualBuffer buffer = buffer("abcdef");
    buffer.sub(1, 1).setBytes(bytes("12345"));
    assertThat(text(buffer)).isEqualTo("a12345cdef");
  }

  @Test
  void a_search_crosses_chunks() {
    SubBuffer range = chunks("GET /", " HT", "TP/1.1\r", "\n\r\nrest").all();
    assertThat(range.indexOf(bytes("HTTP"), 0)).isEqualTo(6);
    assertThat(range.indexOf(bytes("\r\n\r\n"), 0)).isEqualTo(14);
    assertThat(range.indexOf('T', 3)).isEqualTo(7);
    assertThat(range.indexOf(bytes("absent"), 0)).isEqualTo(-1);
    assertThat(range.indexOf(bytes("rest"), 19)).isEqualTo(-1);
    assertThat(range.indexOf(bytes(""), 3)).isEqualTo(3);
    assertThat(range.startsWith(bytes("GET / "))).isTrue();
    assertThat(range.sub(4, 4).contentEquals(bytes("/ HT"))).isTrue();
    assertThat(range.sub(4, 4).contentEquals(bytes("/ HX"))).isFalse();
  }

  @Test
  void a_search_does_not_look_past_its_range() {
    SubBuffer range = chunks("abc", "def").sub(1, 3);
    assertThat(range.indexOf(bytes("de"), 0)).isEqualTo(-1);
    assertThat(range.indexOf('a', 0)).isEqualTo(-1);
    assertThat(range.indexOf('d', 0)).isEqualTo(2);
  }

  @Test
  void the_contiguous_parts_are_shown_in_order() {
    ByteArrayOutputStream seen = new ByteArrayOutputStream();
    chunks("ab", "cd", "ef")
        .sub(1, 4)
        .forEachRange((array, offset, length) -> {
          seen.write(array, offset, length);
          seen.write('|');
          return seen.size() < 5;
        });
    assertThat(seen.toByteArray()).isEqualTo(bytes("b|cd|"));
  }
}
