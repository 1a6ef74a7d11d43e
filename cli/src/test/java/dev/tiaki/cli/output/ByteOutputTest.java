package dev.tiaki.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;

class ByteOutputTest {
  private final ByteArrayOutputStream sink = new ByteArrayOutputStream();

  @Test
  void writers_of_all_kinds_keep_their_order() throws IOException {
    try (ByteOutput output = new ByteOutput(sink, false);
        OutputStream rules = output.asStream()) {
      output.write("one ");
      rules.write(new byte[] {(byte) 0xfe, 0});
      rules.flush();
      output.write(" two");
    }
    assertThat(sink.toByteArray()).containsExactly('o', 'n', 'e', ' ', 0xfe, 0, ' ', 't', 'w', 'o');
  }

  @Test
  void nothing_is_passed_on_before_it_must_be() {
    ByteOutput output = new ByteOutput(sink, false);
    output.write("kept");
    assertThat(sink.size()).isZero();
    output.flush();
    assertThat(sink.toString()).isEqualTo("kept");
  }

  @Test
  void a_person_sees_each_line_at_once() {
    new ByteOutput(sink, true).write("line\n");
    assertThat(sink.toString()).isEqualTo("line\n");
  }

  @Test
  void a_text_larger_than_the_buffer_passes_whole() {
    ByteOutput output = new ByteOutput(sink, false);
    output.write("a");
    output.write("b".repeat(200_000));
    output.write("c");
    output.flush();
    assertThat(sink.toString()).isEqualTo("a" + "b".repeat(200_000) + "c");
  }

  @Test
  void characters_and_bytes_translate_both_ways() {
    assertThat(ByteText.ofCharacters("Māori")).isEqualTo("M\u00c4\u0081ori");
    assertThat(ByteText.characters("M\u00c4\u0081ori")).isEqualTo("Māori");
    assertThat(ByteText.characters("\u00ff\u00fe")).isEqualTo("\u00ff\u00fe");
  }

  @Test
  void only_device_files_of_terminals_are_terminals() {
    assertThat(Terminal.isTerminalDevice("/dev/pts/3")).isTrue();
    assertThat(Terminal.isTerminalDevice("/dev/null")).isFalse();
    assertThat(Terminal.isTerminalDevice("pipe:[12]")).isFalse();
    assertThat(Terminal.showsColors("dumb")).isFalse();
    assertThat(Terminal.showsColors("xterm-256color")).isTrue();
  }
}
