package dev.tiaki.engine.buffer;

import static dev.tiaki.engine.buffer.Texts.buffer;
import static dev.tiaki.engine.buffer.Texts.bytes;
import static dev.tiaki.engine.buffer.Texts.rest;
import static dev.tiaki.engine.buffer.Texts.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Ranges of one stream seen as a stream of their own, as the body of a message is. */
class SubBufferStreamTest {
  private final BufferStream outer = new BufferStream();
  private final SubBufferStream body = new SubBufferStream();

  private BufferIterator push(SubBuffer range) {
    return Objects.requireNonNull(body.push(range));
  }

  private String pop() {
    SubBuffer range = body.pop();
    return range == null ? "nil" : text(range);
  }

  @Test
  void a_pushed_range_leaves_its_buffer_and_comes_back_by_the_pop() {
    VirtualBuffer message = buffer("head body tail");
    assertThat(rest(push(message.sub(5, 4)))).isEqualTo("body");
    assertThat(text(message)).isEqualTo("head  tail");
    assertThat(text(body.data())).isEqualTo("body");
    assertThat(pop()).isEqualTo("body");
    assertThat(text(message)).isEqualTo("head body tail");
    assertThat(message.isModified()).isFalse();
    assertThat(pop()).isEqualTo("nil");
  }

  @Test
  void pushing_nothing_gives_nothing() {
    assertThat(body.push(null)).isNull();
  }

  @Test
  void edits_of_the_body_come_back_to_the_message() {
    VirtualBuffer message = buffer("head body tail");
    push(message.sub(5, 4)).sub(2, false).setBytes(bytes("BOOO"));
    assertThat(pop()).isEqualTo("BOOOdy");
    assertThat(text(message)).isEqualTo("head BOOOdy tail");
    assertThat(message.isModified()).isTrue();
  }

  @Test
  void one_pop_gives_all_pieces_that_can_be_released() {
    VirtualBuffer message = buffer("one|two|three");
    push(message.sub(0, 3));
    BufferIterator at = message.begin();
    at.advance(1);
    push(at.copy().sub(3, false));
    at.advance(1);
    BufferIterator mark = push(at.copy().sub(5, false));
    mark.mark(false);
    assertThat(pop()).isEqualTo("one|two");
    assertThat(text(message)).isEqualTo("one|two|");
    mark.unmark();
    assertThat(pop()).isEqualTo("three");
    assertThat(text(message)).isEqualTo("one|two|three");
  }

  @Test
  void a_stream_keeps_its_piece_while_a_part_of_it_is_out() {
    BufferIterator current = outer.push(buffer("head body"));
    current.advance(5);
    push(current.subAll(false));
    assertThat(outer.canPop()).isFalse();
    assertThat(outer.pop()).isNull();
    body.pop();
    VirtualBuffer popped = Objects.requireNonNull(outer.pop());
    assertThat(text(popped)).isEqualTo("head body");
    assertThat(popped.isModified()).isFalse();
  }

  @Test
  void what_is_never_popped_is_gone_when_the_stream_ends() {
    VirtualBuffer message = buffer("head body tail");
    push(message.sub(5, 4));
    body.clear();
    assertThat(text(message)).isEqualTo("head  tail");
    assertThat(message.isModified()).isTrue();
    assertThat(message.controls).isZero();
  }

  @Test
  void read_only_data_passes_through_and_is_not_lost_when_the_stream_ends() {
    VirtualBuffer message = buffer("head body tail");
    message.setReadOnly();
    BufferIterator current = outer.push(message);
    current.advance(5);
    BufferIterator inner = push(current.sub(4, false));
    assertThatThrownBy(() -> inner.insert(buffer("X"))).hasMessage("read only buffer");
    assertThat(pop()).isEqualTo("body");
    push(current.sub(5, false));
    body.clear();
    assertThat(Objects.requireNonNull(outer.pop()).isModified()).isFalse();
  }

  @Test
  void a_push_after_the_finish_is_refused_and_takes_nothing() {
    VirtualBuffer message = buffer("head body tail");
    body.finish();
    assertThat(body.isFinished()).isTrue();
    assertThatThrownBy(() -> body.push(message.all())).hasMessage("stream marked as finished");
    assertThat(text(message)).isEqualTo("head body tail");
  }

  @Test
  void what_is_inserted_behind_the_last_piece_stands_before_what_follows_the_body() {
    VirtualBuffer message = buffer("head body tail");
    BufferIterator at = message.begin();
    at.advance(5);
    push(at.sub(4, true));
    assertThat(pop()).isEqualTo("body");
    BufferIterator end = body.finish(at);
    assertThat(body.isFinished()).isTrue();
    assertThat(end.isEof()).isTrue();
    end.insert(buffer(" more"));
    assertThat(pop()).isEqualTo(" more");
    assertThat(text(message)).isEqualTo("head body more tail");
    assertThat(rest(at)).isEqualTo(" tail");
    assertThat(body.isModified()).isTrue();
    assertThat(message.isModified()).isTrue();
  }

  @Test
  void an_end_at_which_nothing_is_inserted_changes_nothing() {
    VirtualBuffer message = buffer("head body");
    BufferIterator at = message.begin();
    at.advanceAll();
    body.finish(at);
    assertThat(pop()).isEmpty();
    assertThat(text(message)).isEqualTo("head body");
    assertThat(message.isModified()).isFalse();
    at.insert(buffer("!"));
    assertThat(text(message)).isEqualTo("head body!");
  }

  @Test
  void an_end_that_a_mark_keeps_keeps_its_place() {
    VirtualBuffer message = buffer("body tail");
    BufferIterator at = message.begin();
    BufferIterator mark = push(at.sub(4, true));
    mark.mark(false);
    body.finish(at).insert(buffer(" more"));
    assertThat(pop()).isEqualTo("nil");
    at.insert(buffer(" and"));
    mark.unmark();
    assertThat(pop()).isEqualTo("body more");
    assertThat(text(message)).isEqualTo("body more and tail");
  }
}
