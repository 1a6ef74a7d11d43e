package dev.tiaki.engine.buffer;

import static dev.tiaki.engine.buffer.Texts.buffer;
import static dev.tiaki.engine.buffer.Texts.rest;
import static dev.tiaki.engine.buffer.Texts.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Pushed pieces read as one buffer and come out as edited. */
class BufferStreamTest {
  private final BufferStream stream = new BufferStream();

  private BufferIterator push(String data) {
    return stream.push(buffer(data));
  }

  private String pop() {
    VirtualBuffer piece = stream.pop();
    return piece == null ? "nil" : text(piece);
  }

  @Test
  void a_push_gives_an_iterator_on_the_pushed_data() {
    push("GET ");
    assertThat(text(push("/index").subAll(false))).isEqualTo("/index");
    assertThat(text(stream.data())).isEqualTo("GET /index");
  }

  @Test
  void a_pushed_buffer_is_empty() {
    VirtualBuffer buffer = buffer("data");
    stream.push(buffer);
    assertThat(buffer.size()).isZero();
    assertThat(buffer.toByteArray()).isEmpty();
  }

  @Test
  void an_untouched_piece_comes_out_as_the_single_chunk_that_went_in() {
    Memory memory = new Memory(new byte[100]);
    VirtualBuffer buffer = VirtualBuffer.over(memory, 40, 60);
    stream.push(buffer).sub(60, false).toByteArray();
    VirtualBuffer popped = stream.pop();
    assertThat(popped).isSameAs(buffer);
    assertThat(popped.isUntouched()).isTrue();
    assertThat(popped.isModified()).isFalse();
    assertThat(popped.isOver(memory, 40, 60)).isTrue();
    assertThat(memory.isShared()).isFalse();
  }

  @Test
  void pieces_come_out_one_by_one_in_order() {
    push("one");
    push("");
    push("two");
    assertThat(pop()).isEqualTo("one");
    assertThat(pop()).isEmpty();
    assertThat(pop()).isEqualTo("two");
    assertThat(pop()).isEqualTo("nil");
  }

  @Test
  void data_inserted_in_a_piece_leaves_with_it() {
    BufferIterator first = push("abcd");
    push("efgh");
    first.advance(2);
    first.insert(buffer("--"));
    assertThat(pop()).isEqualTo("ab--cd");
    assertThat(pop()).isEqualTo("efgh");
  }

  @Test
  void a_push_after_the_finish_is_refused() {
    stream.finish();
    assertThatThrownBy(() -> push("late")).hasMessage("stream marked as finished");
  }

  @Test
  void an_iterator_at_the_end_of_what_left_reads_on_with_what_comes() {
    BufferIterator reader = push("abc");
    reader.advanceAll();
    pop();
    push("def");
    assertThat(text(reader.subAll(false))).isEqualTo("def");
  }

  @Test
  void the_end_is_eof_only_after_the_finish() {
    BufferIterator it = push("abc");
    it.advanceAll();
    assertThat(it.isEof()).isFalse();
    stream.finish();
    assertThat(it.isEof()).isTrue();
    assertThat(stream.isFinished()).isTrue();
    assertThat(pop()).isEqualTo("abc");
  }

  @Test
  void data_inserted_at_the_end_of_a_piece_belongs_to_it() {
    BufferIterator first = push("ab");
    first.advanceAll();
    push("cd");
    first.insert(buffer("--"));
    assertThat(pop()).isEqualTo("ab--");
    assertThat(pop()).isEqualTo("cd");
  }

  @Test
  void data_inserted_at_the_beginning_of_a_piece_belongs_to_it() {
    push("ab");
    push("cd").insert(buffer("--"));
    assertThat(pop()).isEqualTo("ab");
    assertThat(pop()).isEqualTo("--cd");
  }

  @Test
  void a_replacement_belongs_to_the_piece_of_the_bytes_it_replaces() {
    BufferIterator it = push("ab");
    it.advanceAll();
    push("cdef");
    it.copy().sub(2, false).setBytes(Texts.bytes("-----"));
    assertThat(pop()).isEqualTo("ab");
    assertThat(pop()).isEqualTo("-----ef");
  }

  @Test
  void a_selection_keeps_only_the_piece_it_was_taken_from() {
    BufferIterator it = push("ab");
    it.advanceAll();
    push("cdef");
    Selection selection = it.copy().sub(2, false).select();
    assertThat(pop()).isEqualTo("ab");
    assertThat(pop()).isEqualTo("nil");
    selection.reference().restore(selection.data(), false);
    assertThat(pop()).isEqualTo("cdef");
  }

  @Test
  void a_selection_may_not_carry_bytes_into_a_piece_that_left() {
    BufferIterator mark = push("ab");
    mark.mark(true);
    pop();
    push("cd");
    assertThatThrownBy(() -> mark.copy().sub(3, false).select()).hasMessage("read only buffer");
    assertThat(pop()).isEqualTo("cd");
  }

  @Test
  void data_appended_to_the_stream_belongs_to_the_last_piece() {
    push("ab");
    stream.data().append(buffer("--"));
    assertThat(pop()).isEqualTo("ab--");
  }

  @Test
  void data_inserted_after_everything_left_goes_with_the_next_piece() {
    BufferIterator it = push("ab");
    it.advanceAll();
    pop();
    it.insert(buffer("--"));
    stream.push(buffer("cd"));
    VirtualBuffer popped = Objects.requireNonNull(stream.pop());
    assertThat(text(popped)).isEqualTo("--cd");
    assertThat(popped.isModified()).isTrue();
  }

  @Test
  void data_inserted_after_the_last_piece_is_the_remainder() {
    BufferIterator it = push("ab");
    it.advanceAll();
    pop();
    it.insert(buffer("--"));
    assertThat(stream.popRemainder()).isNull();
    stream.finish();
    assertThat(stream.pop()).isNull();
    VirtualBuffer rest = Objects.requireNonNull(stream.popRemainder());
    assertThat(text(rest)).isEqualTo("--");
    assertThat(rest.isModified()).isTrue();
    assertThat(stream.popRemainder()).isNull();
  }

  @Test
  void what_was_inserted_can_be_taken_before_the_next_piece_which_is_not_modified_then() {
    BufferIterator it = push("ab");
    it.advanceAll();
    pop();
    it.insert(buffer("--"));
    assertThat(text(Objects.requireNonNull(stream.popInserted()))).isEqualTo("--");
    push("cd");
    VirtualBuffer next = Objects.requireNonNull(stream.pop());
    assertThat(text(next)).isEqualTo("cd");
    assertThat(next.isModified()).isFalse();
  }

  @Test
  void the_remainder_waits_for_what_is_kept_before_it() {
    BufferIterator it = push("ab");
    BufferIterator mark = it.copy();
    mark.mark(true);
    pop();
    stream.data().append(buffer("--"));
    stream.finish();
    assertThat(stream.popRemainder()).isNull();
    mark.unmark();
    assertThat(text(Objects.requireNonNull(stream.popRemainder()))).isEqualTo("--");
    assertThat(stream.data().isEmpty()).isTrue();
  }

  @Test
  void what_was_kept_to_be_read_goes_with_the_next_pop_even_of_nothing() {
    BufferIterator mark = push("ab");
    mark.mark(true);
    pop();
    mark.unmark();
    assertThat(pop()).isEqualTo("nil");
    assertThat(stream.data().isEmpty()).isTrue();
  }

  @Test
  void only_the_edited_piece_is_modified() {
    push("abc");
    BufferIterator second = push("def");
    push("ghi");
    second.sub(1, false).set(0, 'X');
    assertThat(Objects.requireNonNull(stream.pop()).isModified()).isFalse();
    assertThat(Objects.requireNonNull(stream.pop()).isModified()).isTrue();
    assertThat(Objects.requireNonNull(stream.pop()).isModified()).isFalse();
  }

  @Test
  void an_edit_over_a_boundary_modifies_both_pieces() {
    BufferIterator it = push("abc");
    push("def");
    push("ghi");
    it.advance(2);
    it.sub(2, true).erase();
    assertThat(rest(it)).isEqualTo("efghi");
    VirtualBuffer first = Objects.requireNonNull(stream.pop());
    VirtualBuffer second = Objects.requireNonNull(stream.pop());
    assertThat(text(first)).isEqualTo("ab");
    assertThat(text(second)).isEqualTo("ef");
    assertThat(first.isModified()).isTrue();
    assertThat(second.isModified()).isTrue();
    assertThat(Objects.requireNonNull(stream.pop()).isModified()).isFalse();
  }

  @Test
  void a_piece_may_lose_all_its_bytes() {
    push("abc").subAll(false).erase();
    VirtualBuffer popped = Objects.requireNonNull(stream.pop());
    assertThat(popped.isEmpty()).isTrue();
    assertThat(popped.isModified()).isTrue();
  }

  @Test
  void a_mark_keeps_its_piece_and_all_that_follow() {
    push("abc");
    BufferIterator mark = push("def");
    mark.advance(1);
    mark.mark(false);
    push("ghi");
    assertThat(pop()).isEqualTo("abc");
    assertThat(pop()).isEqualTo("nil");
    mark.unmark();
    assertThat(pop()).isEqualTo("def");
    assertThat(pop()).isEqualTo("ghi");
  }

  @Test
  void a_mark_at_the_very_end_of_a_piece_keeps_it() {
    VirtualBuffer buffer = buffer("abc");
    BufferIterator mark = buffer.end();
    mark.mark(false);
    stream.push(buffer);
    assertThat(pop()).isEqualTo("nil");
    mark.unmark();
    assertThat(pop()).isEqualTo("abc");
  }

  @Test
  void a_read_only_mark_lets_data_leave_and_keeps_it_readable() {
    BufferIterator mark = push("abcdef");
    mark.advance(2);
    BufferIterator reader = mark.copy();
    mark.mark(true);
    VirtualBuffer popped = Objects.requireNonNull(stream.pop());
    assertThat(text(popped)).isEqualTo("abcdef");
    assertThat(text(stream.data())).isEqualTo("cdef");
    push("ghi");
    assertThat(rest(mark)).isEqualTo("cdefghi");
    assertThatThrownBy(() -> mark.copy().sub(1, false).set(0, 1)).hasMessage("read only buffer");
    assertThatThrownBy(() -> mark.copy().insert(buffer("x"))).hasMessage("read only buffer");
    assertThatThrownBy(() -> mark.copy().sub(2, false).erase()).hasMessage("read only buffer");
    assertThat(reader.isValid()).isTrue();
    assertThat(pop()).isEqualTo("ghi");
    assertThat(rest(mark)).isEqualTo("cdefghi");
    mark.unmark();
    push("jkl");
    assertThat(pop()).isEqualTo("jkl");
    assertThat(stream.data().isEmpty()).isTrue();
  }

  @Test
  void data_that_stays_readable_is_not_recycled_nor_changed_by_its_new_owner() {
    Memory memory = new Memory(Texts.bytes("abcdef"));
    BufferIterator mark = stream.push(VirtualBuffer.over(memory, 0, 6));
    mark.mark(true);
    VirtualBuffer popped = Objects.requireNonNull(stream.pop());
    assertThat(memory.isShared()).isTrue();
    assertThat(popped.isModified()).isFalse();
    assertThat(popped.isOver(memory, 0, 6)).isTrue();
    popped.set(0, 'X');
    assertThat(rest(mark)).isEqualTo("abcdef");
  }

  @Test
  void what_comes_after_left_data_can_be_edited() {
    BufferIterator mark = push("abc");
    mark.mark(true);
    pop();
    BufferIterator second = push("def");
    second.insert(buffer("--"));
    assertThat(pop()).isEqualTo("--def");
    assertThat(rest(mark)).isEqualTo("abc--def");
  }

  @Test
  void an_open_selection_keeps_its_piece() {
    Selection selection = push("abcdef").sub(3, false).select();
    assertThat(pop()).isEqualTo("nil");
    selection.reference().restore(selection.data(), false);
    assertThat(pop()).isEqualTo("abcdef");
  }

  @Test
  void a_read_only_piece_refuses_edits_and_stays_read_only() {
    VirtualBuffer buffer = buffer("abc");
    buffer.setReadOnly();
    BufferIterator it = stream.push(buffer);
    assertThatThrownBy(() -> it.insert(buffer("x"))).hasMessage("read only buffer");
    assertThatThrownBy(() -> it.copy().sub(2, true).erase()).hasMessage("read only buffer");
    VirtualBuffer popped = Objects.requireNonNull(stream.pop());
    assertThat(popped.isReadOnly()).isTrue();
    assertThat(popped.isModified()).isFalse();
  }

  @Test
  void positions_in_what_left_go_with_it_and_end_with_it() {
    BufferIterator it = push("abc");
    it.advance(1);
    VirtualBuffer popped = Objects.requireNonNull(stream.pop());
    assertThat(it.buffer()).isSameAs(popped);
    popped.invalidate();
    assertThatThrownBy(() -> it.advance(1)).hasMessage("invalid buffer iterator");
  }

  @Test
  void a_buffer_used_since_its_push_is_not_filled_by_the_pop() {
    VirtualBuffer buffer = buffer("abc");
    stream.push(buffer);
    buffer.append(buffer("other"));
    assertThat(pop()).isEqualTo("abc");
    assertThat(text(buffer)).isEqualTo("other");
  }

  @Test
  void the_data_of_a_stream_can_be_moved_away() {
    push("abc");
    push("def");
    VirtualBuffer all = VirtualBuffer.empty();
    all.append(stream.data());
    assertThat(text(all)).isEqualTo("abcdef");
    VirtualBuffer first = Objects.requireNonNull(stream.pop());
    assertThat(first.isEmpty()).isTrue();
    assertThat(first.isModified()).isTrue();
  }

  @Test
  void a_stream_cannot_be_pushed_into_itself() {
    push("abc");
    assertThatThrownBy(() -> stream.push(stream.data())).hasMessage("circular buffer insertion");
  }

  @Test
  void attachments_come_in_the_order_of_their_pieces() {
    BufferIterator current = new BufferIterator();
    stream.push(buffer("a"), "first", current);
    stream.push(buffer("b"), "second", current);
    assertThat(rest(current)).isEqualTo("b");
    assertThat(stream.nextAttachment()).isEqualTo("first");
    pop();
    assertThat(stream.nextAttachment()).isEqualTo("second");
    pop();
    assertThat(stream.nextAttachment()).isNull();
  }

  @Test
  void a_cleared_stream_is_empty_and_its_positions_are_invalid() {
    BufferIterator it = push("abc");
    it.advance(1);
    stream.clear();
    assertThat(stream.isEmpty()).isTrue();
    assertThat(stream.data().isEmpty()).isTrue();
    assertThat(it.isValid()).isFalse();
    assertThat(pop()).isEqualTo("nil");
  }

  @Test
  void the_attachments_of_what_was_not_popped_are_shown_in_order() {
    BufferIterator current = new BufferIterator();
    for (String name : List.of("first", "second", "third")) {
      stream.push(buffer(name), name, current);
    }
    push("without");
    pop();
    List<Object> seen = new ArrayList<>();
    stream.forEachAttachment(seen::add);
    assertThat(seen).containsExactly("second", "third");
  }

  @Test
  void what_rules_attach_to_a_stream_stays_with_it() {
    assertThat(stream.scriptData()).isNull();
    stream.setScriptData("handle");
    assertThat(stream.scriptData()).isEqualTo("handle");
  }
}
