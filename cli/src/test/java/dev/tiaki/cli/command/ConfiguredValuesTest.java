package dev.tiaki.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Nothing that a configuration file says is passed over in silence. */
class ConfiguredValuesTest {
  @TempDir Path folder;

  private RunCommand parsed(String yaml) throws Exception {
    Path file = Files.writeString(folder.resolve("tiaki.yaml"), yaml);
    RunCommand command = new RunCommand();
    CommandLine given = new CommandLine(new RunCommand().spec);
    Configured.parse(
        CommandLines.configured(command.spec), file, given.parseArgs(), command::check);
    return command;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "queue: false          | queue 'false': must be N or N-M",
        "filter: yes           | filter",
        "queue: [0, 1]         | queue: takes one value, not a list",
        "mtu: [9000, 1500]     | mtu: takes one value, not a list",
        "no-rules: [true, true] | no-rules: takes one value, not a list",
        "no-rules: 1           | no-rules '1': must be true or false",
        "sandbox: maybe        | sandbox 'maybe': must be true or false",
        "rules:                | rules has no value; give one, or remove the line",
        "queue: ~              | queue has no value; give one, or remove the line",
      })
  void a_value_of_the_wrong_kind_is_refused_with_its_line(String line, String message) {
    assertThatThrownBy(() -> parsed("# a comment\n\n" + line + "\n"))
        .hasMessageContaining("tiaki.yaml:3: ")
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "yes", "on", "True"})
  void a_switch_is_on(String word) throws Exception {
    assertThat(parsed("no-rules: " + word).live.noRules).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"false", "no", "off"})
  void a_switch_is_off(String word) throws Exception {
    assertThat(parsed("no-rules: " + word).live.noRules).isFalse();
  }

  @Test
  void a_list_of_one_is_a_value_and_an_empty_list_is_none() throws Exception {
    assertThat(parsed("queue: [3]\nrules: []\n").live.queue).isEqualTo("3");
  }
}
