package dev.tiaki.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.engine.log.LogLevel;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LogLinesTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final ByteOutput output = new ByteOutput(out, false);
  private final ByteOutput errors = new ByteOutput(err, false);

  private LogLines log(boolean colored) {
    return new LogLines(output, errors, colored);
  }

  private String written() {
    output.flush();
    return out.toString(StandardCharsets.ISO_8859_1);
  }

  @Test
  void messages_align_on_the_longest_section_so_far() {
    LogLines log = log(false);
    log.write("core", LogLevel.INFO, "loading rule file 'x.lua'");
    log.write("external", LogLevel.DEBUG, "text");
    log.write("tcp", LogLevel.WARN, "retransmit packet (ignored)");
    assertThat(written())
        .isEqualTo(
            """
            info  core: loading rule file 'x.lua'
            debug external: text
            warn  tcp:      retransmit packet (ignored)
            """);
  }

  @Test
  void fatal_lines_go_to_standard_error() {
    log(false).write("core", LogLevel.FATAL, "thread initialization error");
    assertThat(written()).isEmpty();
    assertThat(err.toString(StandardCharsets.ISO_8859_1))
        .isEqualTo("fatal core: thread initialization error\n");
  }

  @Test
  void on_a_terminal_level_and_section_are_coloured() {
    log(true).write("core", LogLevel.WARN, "m");
    assertThat(written())
        .isEqualTo("\u001b[1m\u001b[33mwarn\u001b[0m  \u001b[36mcore:\u001b[0m m\n\u001b[0m");
  }

  @Test
  void a_message_is_cut_after_3071_bytes() {
    log(false).write("lua", LogLevel.ERROR, "x".repeat(5000));
    assertThat(written()).isEqualTo("error lua: " + "x".repeat(3071) + "\n");
  }

  @Test
  void bytes_of_a_message_stay_as_they_are() {
    log(false).write("external", LogLevel.INFO, "\u00ff\u0000\u0080");
    output.flush();
    assertThat(out.toByteArray()).endsWith(new byte[] {(byte) 0xff, 0, (byte) 0x80, '\n'});
  }
}
