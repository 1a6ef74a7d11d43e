package dev.tiaki.cli.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.lua.interactive.Completer;
import dev.tiaki.lua.interactive.Completion;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.Test;

/** Line editing over a terminal whose keys are given. */
class LocalTerminalTest {
  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

  private LocalTerminal typing(String keys) throws IOException {
    return LocalTerminal.over(
        new DumbTerminal(
            "test", "ansi", new ByteArrayInputStream(keys.getBytes(UTF_8)), screen, UTF_8));
  }

  @Test
  void lines_come_one_by_one_until_the_end() throws IOException {
    LocalTerminal terminal = typing("one\rtwo 'q\\x' \r");
    assertThat(terminal.readLine("> ", Completer.NONE)).isEqualTo("one");
    assertThat(terminal.readLine("> ", Completer.NONE)).isEqualTo("two 'q\\x' ");
    assertThat(terminal.readLine("> ", Completer.NONE)).isNull();
  }

  @Test
  void the_tab_key_completes_in_the_middle_of_a_word() throws IOException {
    LocalTerminal terminal = typing("x=(flow:dr\t()\r");
    Completer drop =
        line -> line.equals("x=(flow:dr") ? new Completion(8, List.of("drop")) : Completion.NOTHING;
    assertThat(terminal.readLine("> ", drop)).isEqualTo("x=(flow:drop()");
  }

  @Test
  void text_is_shown_at_once() throws IOException {
    LocalTerminal terminal = typing("");
    terminal.exclusively(() -> terminal.print("tāne\n"));
    assertThat(screen.toString(UTF_8)).contains("tāne");
  }
}
