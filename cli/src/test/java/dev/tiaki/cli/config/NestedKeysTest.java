package dev.tiaki.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiaki.cli.config.ConfigFile.Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Options that begin with the same word may stand together. */
class NestedKeysTest {
  @TempDir Path folder;

  private List<Entry> entries(String text) throws Exception {
    return ConfigFile.read(Files.writeString(folder.resolve("tiaki.yaml"), text));
  }

  @Test
  void keys_below_a_word_are_options_that_begin_with_it() throws Exception {
    assertThat(entries("control:\n  socket: /tmp/s\n  group: adm\nfail: open\n"))
        .containsExactly(
            new Entry("--control-socket", List.of("/tmp/s"), 2),
            new Entry("--control-group", List.of("adm"), 3),
            new Entry("--fail", List.of("open"), 4));
  }

  @Test
  void the_same_option_in_both_forms_is_refused() {
    assertThatThrownBy(() -> entries("control-socket: a\ncontrol:\n  socket: b\n"))
        .hasMessageContaining(":3: ")
        .hasMessageContaining("control-socket stands here again");
  }

  @Test
  void deeper_than_one_word_is_refused() {
    assertThatThrownBy(() -> entries("control:\n  tls:\n    key: a\n"))
        .hasMessageContaining("must be one word or number");
  }
}
