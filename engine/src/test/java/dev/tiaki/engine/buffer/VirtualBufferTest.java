package dev.tiaki.engine.buffer;

import static dev.tiaki.engine.buffer.Texts.buffer;
import static dev.tiaki.engine.buffer.Texts.bytes;
import static dev.tiaki.engine.buffer.Texts.chunks;
import static dev.tiaki.engine.buffer.Texts.rest;
import static dev.tiaki.engine.buffer.Texts.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import org.junit.jupiter.api.Test;

/** What a whole buffer can do. */
class VirtualBufferTest {
  @Test
  void allocated_bytes_are_zero() {
    assertThat(VirtualBuffer.allocate(4).toByteArray()).containsExactly(0, 0, 0, 0);
  }

  @Test
  void a_read_out_of_range_gives_255_and_a_write_is_ignored() {
    VirtualBuffer buffer = buffer("abc");
    buffer.set(3, 'x');
    buffer.set(-1, 'x');
    assertThat(buffer.get(3)).isEqualTo(255);
    assertThat(buffer.get(-1)).isEqualTo(255);
    assertThat(text(buffer)).isEqualTo("abc");
    assertThat(buffer.isModified()).isFalse();
  }

  @Test
  void bytes_are_read_and_written_across_chunks() {
    VirtualBuffer buffer = chunks("ab", "cd", "ef");
    buffer.set(3, 'X');
    assertThat(buffer.get(3)).isEqualTo('X');
    assertThat(text(buffer)).isEqualTo("abcXef");
    assertThat(buffer.isModified()).isTrue();
  }

  @Test
  void a_position_beyond_the_end_is_the_end() {
    VirtualBuffer buffer = buffer("abc");
    assertThat(buffer.position(2).available()).isEqualTo(1);
    assertThat(buffer.position(9).position()).isEqualTo(3);
    assertThat(buffer.position(-1).position()).isEqualTo(3);
  }

  @Test
  void a_sub_buffer_is_cut_to_what_exists() {
    VirtualBuffer buffer = chunks("ab", "cdef");
    assertThat(text(buffer.sub(1, 3))).isEqualTo("bcd");
    assertThat(text(buffer.sub(4, 10))).isEqualTo("ef");
    assertThat(text(buffer.sub(9, 1))).isEmpty();
    assertThat(text(buffer.sub(2, -1))).isEqualTo("cdef");
  }

  @Test
  void append_moves_all_data_and_empties_the_other() {
    VirtualBuffer buffer = buffer("ab");
    VirtualBuffer other = buffer("cd");
    buffer.append(other);
    assertThat(text(buffer)).isEqualTo("abcd");
    assertThat(other.isEmpty()).isTrue();
    assertThat(buffer.isModified()).isTrue();
    assertThat(other.isModified()).isTrue();
  }

  @Test
  void an_emptied_buffer_can_be_filled_again() {
    VirtualBuffer other = buffer("cd");
    buffer("ab").append(other);
    other.append(buffer("ef"));
    assertThat(text(other)).isEqualTo("ef");
    assertThat(rest(other.begin())).isEqualTo("ef");
  }

  @Test
  void positions_follow_the_bytes_into_another_buffer() {
    VirtualBuffer buffer = buffer("ab");
    VirtualBuffer other = buffer("cdef");
    BufferIterator begin = other.begin();
    BufferIterator middle = other.position(2);
    buffer.append(other);
    assertThat(rest(begin)).isEqualTo("cdef");
    assertThat(rest(middle)).isEqualTo("ef");
    assertThat(middle.buffer()).isSameAs(buffer);
  }

  @Test
  void append_to_itself_is_circular() {
    VirtualBuffer buffer = buffer("ab");
    assertThatThrownBy(() -> buffer.append(buffer)).hasMessage("circular buffer insertion");
  }

  @Test
  void writing_a_clone_never_changes_the_original() {
    VirtualBuffer buffer = buffer("abc");
    VirtualBuffer clone = buffer.copy(CloneMode.READ_WRITE);
    clone.set(0, 'X');
    buffer.set(1, 'Y');
    assertThat(text(buffer)).isEqualTo("aYc");
    assertThat(text(clone)).isEqualTo("Xbc");
  }

  @Test
  void a_clone_shares_memory_until_a_write() {
    Memory memory = new Memory(bytes("abc"));
    VirtualBuffer buffer = VirtualBuffer.over(memory, 0, 3);
    VirtualBuffer clone = buffer.copy(CloneMode.READ_WRITE);
    assertThat(memory.isShared()).isTrue();
    assertThat(clone.isOver(memory, 0, 3)).isTrue();
    clone.set(0, 'X');
    assertThat(clone.isOver(memory, 0, 3)).isFalse();
    assertThat(memory.array()).isEqualTo(bytes("abc"));
  }

  @Test
  void memory_of_somebody_else_is_copied_before_a_write() {
    Memory memory = new Memory(bytes("abc"));
    VirtualBuffer buffer = VirtualBuffer.over(memory, 0, 3);
    buffer.setCopyOnWrite();
    assertThat(buffer.isOver(memory, 0, 3)).isTrue();
    buffer.set(1, 'X');
    assertThat(text(buffer)).isEqualTo("aXc");
    assertThat(memory.array()).isEqualTo(bytes("abc"));
    assertThat(memory.isShared()).isFalse();
  }

  @Test
  void a_private_copy_shares_nothing_and_leaves_the_original_as_it_is() {
    Memory memory = new Memory(bytes("abc"));
    VirtualBuffer buffer = VirtualBuffer.over(memory, 0, 3);
    VirtualBuffer clone = buffer.copy(CloneMode.COPY);
    assertThat(memory.isShared()).isFalse();
    assertThat(buffer.isOver(memory, 0, 3)).isTrue();
    assertThat(text(clone)).isEqualTo("abc");
  }

  @Test
  void ro_orig_makes_the_original_read_only() {
    VirtualBuffer buffer = buffer("abc");
    VirtualBuffer clone = buffer.copy(CloneMode.READ_ONLY_ORIGINAL);
    clone.set(0, 'X');
    assertThat(text(buffer)).isEqualTo("abc");
    assertThatThrownBy(() -> buffer.set(0, 'X')).hasMessage("read only buffer");
  }

  @Test
  void ro_clone_makes_the_clone_read_only() {
    VirtualBuffer buffer = buffer("abc");
    VirtualBuffer clone = buffer.copy(CloneMode.READ_ONLY_CLONE);
    assertThatThrownBy(() -> clone.set(0, 'X')).hasMessage("read only buffer");
    buffer.set(0, 'X');
    assertThat(text(clone)).isEqualTo("abc");
  }

  @Test
  void clone_modes_have_the_names_of_rules() {
    assertThat(CloneMode.named("rw")).isEqualTo(CloneMode.READ_WRITE);
    assertThat(CloneMode.named("copy")).isEqualTo(CloneMode.COPY);
    assertThat(CloneMode.named("ro orig")).isEqualTo(CloneMode.READ_ONLY_ORIGINAL);
    assertThat(CloneMode.named("ro clone")).isEqualTo(CloneMode.READ_ONLY_CLONE);
    assertThatThrownBy(() -> CloneMode.named("ro")).hasMessage("invalid clone mode");
  }

  @Test
  void a_read_only_buffer_refuses_every_change() {
    VirtualBuffer buffer = buffer("abcd");
    buffer.setReadOnly();
    VirtualBuffer more = buffer("x");
    assertThatThrownBy(() -> buffer.set(0, 1)).hasMessage("read only buffer");
    assertThatThrownBy(() -> buffer.append(more)).hasMessage("read only buffer");
    assertThatThrownBy(() -> buffer.position(2).insert(more)).hasMessage("read only buffer");
    assertThatThrownBy(() -> buffer.sub(1, 2).erase()).hasMessage("read only buffer");
    assertThatThrownBy(() -> buffer.sub(1, 2).replace(more)).hasMessage("read only buffer");
    assertThatThrownBy(() -> buffer.sub(1, 2).zero()).hasMessage("read only buffer");
    assertThatThrownBy(() -> buffer.sub(1, 2).setNumber(1, false)).hasMessage("read only buffer");
    assertThatThrownBy(() -> buffer.sub(1, 2).setFixed(bytes("x"))).hasMessage("read only buffer");
    assertThatThrownBy(() -> buffer.sub(1, 2).setBytes(bytes("x"))).hasMessage("read only buffer");
    assertThat(text(buffer)).isEqualTo("abcd");
    assertThat(text(more)).isEqualTo("x");
    assertThat(buffer.isModified()).isFalse();
  }

  @Test
  void an_invalidated_buffer_is_empty_and_its_positions_are_invalid() {
    VirtualBuffer buffer = chunks("abc", "def");
    BufferIterator begin = buffer.begin();
    BufferIterator middle = buffer.position(3);
    SubBuffer range = buffer.sub(1, 4);
    buffer.invalidate();
    assertThat(buffer.isEmpty()).isTrue();
    assertThatThrownBy(begin::available).hasMessage("invalid buffer iterator");
    assertThatThrownBy(() -> middle.advance(1)).hasMessage("invalid buffer iterator");
    assertThatThrownBy(range::toByteArray).hasMessage("invalid buffer iterator");
    assertThat(rest(buffer.begin())).isEmpty();
  }

  @Test
  void a_buffer_that_is_used_again_forgets_its_bytes() {
    VirtualBuffer buffer = buffer("abc");
    buffer.setReadOnly();
    BufferIterator old = buffer.position(1);
    buffer.reset(new Memory(bytes("-xyz-")), 1, 3);
    assertThat(text(buffer)).isEqualTo("xyz");
    assertThat(buffer.isReadOnly()).isFalse();
    assertThat(buffer.isUntouched()).isTrue();
    assertThat(old.isValid()).isFalse();
  }

  @Test
  void untouched_means_the_original_chunk_and_no_change() {
    VirtualBuffer buffer = buffer("abcd");
    assertThat(buffer.isUntouched()).isTrue();
    buffer.position(2).split();
    assertThat(buffer.isUntouched()).isFalse();
    assertThat(buffer.isModified()).isFalse();
  }

  @Test
  void a_netty_buffer_shows_the_same_bytes() {
    ByteBuf flat = buffer("abcd").toByteBuf();
    ByteBuf composed = chunks("ab", "cd", "ef").toByteBuf();
    assertThat(ByteBufUtil.getBytes(flat)).isEqualTo(bytes("abcd"));
    assertThat(ByteBufUtil.getBytes(composed)).isEqualTo(bytes("abcdef"));
    assertThat(composed.isReadOnly()).isTrue();
    assertThat(VirtualBuffer.empty().toByteBuf().isReadable()).isFalse();
  }
}
