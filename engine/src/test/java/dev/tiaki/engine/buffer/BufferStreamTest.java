package dev.tiaki.engine.buffer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Pushed pieces read as one buffer and come out as edited. */
class BufferStreamTest {
  private final BufferStream stream = new BufferStream();

  private static VirtualBuffer text(String text) {
    return VirtualBuffer.of(text.getBytes(ISO_8859_1));
  }

  private static String text(VirtualBuffer buffer) {
    return new String(buffer.toByteArray(), ISO_8859_1);
  }

  private static String text(SubBuffer range) {
    return new String(range.toByteArray(), ISO_8859_1);
  }

  private BufferIterator push(String data) {
    return stream.push(text(data));
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
    VirtualBuffer buffer = text("data");
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
    first.insert(text("--"));
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
}
