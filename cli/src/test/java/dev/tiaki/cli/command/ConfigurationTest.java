package dev.tiaki.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** {@code tiaki.yaml}: what it may say, what is said about what it may not, and its page. */
class ConfigurationTest {
  private static final Path PAGE = Path.of("..", "docs", "guide", "configuration.md");
  private static final Path SAMPLE = Path.of("..", "packaging", "tiaki.yaml");
  private static final Pattern ROW =
      Pattern.compile("^\\| `([a-z0-9-]+)` \\| ([^|]+) \\| (?:`([^`]+)`|none) \\| .+ \\|$");

  @TempDir Path folder;

  private RunCommand parsed(String yaml, String... words) throws Exception {
    Path file = Files.writeString(folder.resolve("tiaki.yaml"), yaml);
    RunCommand command = new RunCommand();
    CommandLine given = new CommandLine(new RunCommand().spec);
    Configured.parse(
        CommandLines.configured(command.spec), file, given.parseArgs(words), command::check);
    return command;
  }

  private static Map<String, OptionSpec> keys() {
    Map<String, OptionSpec> keys = new TreeMap<>();
    for (OptionSpec option : new CommandLine(new RunCommand().spec).getCommandSpec().options()) {
      if (!Configured.NOT_KEYS.contains(option.longestName())) {
        keys.put(option.longestName().substring(2), option);
      }
    }
    return keys;
  }

  /** What a run would be told. */
  private static List<Object> meaning(RunCommand command) {
    List<Object> values = new ArrayList<>();
    values.add(command.live.toSettings());
    values.add(command.live.toRulePlan());
    values.add(command.live.interfaces);
    values.add(command.live.noRules);
    values.add(command.live.noPromiscuous);
    values.add(command.limits.toLimits());
    values.add(command.rules.rules);
    values.add(command.rules.onRuleError);
    values.add(command.rules.checksums);
    values.add(command.rules.sandbox);
    values.add(command.rules.log.debug);
    values.add(command.rules.log.levels());
    values.add(command.rules.midstream != RuleOptions.Midstream.POLICY);
    values.add(command.outputs.alertFormat);
    return values;
  }

  private static Map<String, String> documented() throws IOException {
    Map<String, String> defaults = new TreeMap<>();
    for (String line : Files.readAllLines(PAGE)) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        defaults.put(row.group(1), row.group(3) == null ? "" : row.group(3));
      }
    }
    return defaults;
  }

  @Test
  void the_page_has_every_key_and_no_other() throws IOException {
    assertThat(documented().keySet()).isEqualTo(new TreeSet<>(keys().keySet()));
  }

  @Test
  void every_default_of_the_page_is_what_holds_without_the_key() throws Exception {
    List<Object> without = meaning(new RunCommand());
    for (Map.Entry<String, String> row : documented().entrySet()) {
      if (!row.getValue().isEmpty()) {
        RunCommand with = parsed(row.getKey() + ": " + row.getValue() + "\n");
        assertThat(meaning(with)).as(row.toString()).isEqualTo(without);
      }
    }
  }

  @Test
  void the_file_to_begin_with_says_the_defaults() throws Exception {
    String sample = Files.readString(SAMPLE).replaceFirst("(?m)^rules: .*$", "");
    assertThat(meaning(parsed(sample)))
        .usingRecursiveComparison()
        .isEqualTo(meaning(parsed("log-level: info\n")));
    String all =
        Files.readAllLines(SAMPLE).stream()
            .map(line -> line.replaceFirst("^#(?=[a-z-]+:)", ""))
            .collect(Collectors.joining("\n"));
    assertThat(parsed(all).live.filter).isEqualTo("tcp");
  }

  @Test
  void lists_words_and_flags_are_read_and_the_command_line_wins() throws Exception {
    String yaml =
        "rules: [a.lua, b.lua]\nqueue: 2-3\nno-rules: true\nsandbox: false\nguard-port: [80, 443]\n";
    RunCommand command = parsed(yaml, "--queue", "7");
    assertThat(command.rules.rules).containsExactly(Path.of("a.lua"), Path.of("b.lua"));
    assertThat(command.live.queue).isEqualTo("7");
    assertThat(command.live.noRules).isTrue();
    assertThat(command.rules.sandbox).isFalse();
    assertThat(command.live.guardPorts).containsExactly("80", "443");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "que: 0 | there is no key 'que'; 'tiaki run --help' lists them",
        "config: x | there is no key 'config'",
        "check: true | there is no key 'check'",
        "queue: x | queue 'x': must be N or N-M",
        "queue: 5-3 | queue 5-3: numbers are from 0 to 65535",
        "queue: true | queue 'true': must be N or N-M",
        "queue: {a: b} | there is no key 'queue-a'",
        "queue-length: 0 | queue-length 0: must be from 1 to 1048576",
        "queue-length: many | '--queue-length'",
        "receive-buffer: 1K | receive-buffer 1024: must be from 65536 to 1073741824",
        "receive-buffer: 8G | receive-buffer 2147483647: must be from 65536 to",
        "mtu: 100 | mtu 100: must be from 576 to 65535",
        "watchdog: -1 | watchdog -1: must be from 0 to 3600",
        "hook: nowhere | hook 'nowhere': must be one of prerouting, input, forward, output",
        "fail: maybe | fail 'maybe': must be one of open, closed",
        "balance: luck | balance 'luck': must be one of addresses, processors",
        "mark-mask: bits | mark-mask 'bits': must be a number of 32 bits, such as 0x70000000",
        "mark-mask: 0x1 | mark-mask 0x00000001: must have three bits",
        "guard-port: 99999 | guard-port 99999-99999: must be from 0 to 65535",
        "guard-address: there | guard-address",
        "guard-protocol: '?' | guard-protocol: '?' is no protocol",
        "on-rule-error: shrug | 'shrug' is none of drop, accept, alert",
        "limit-sent-bytes: 3 | limit-sent-bytes: must be a power of two",
        "limit-flows: 0 | '0' is less than 1",
        "log-level: loud | invalid logging level: loud",
        "no-rules: 3 | no-rules '3': must be true or false",
        "filter: 'tcp and and' | filter 'tcp and and' for ETHERNET frames: can't parse",
        "'queue: 0' | must be 'key: value' lines"
      })
  void what_makes_no_sense_is_told_with_file_line_and_key(String line, String message) {
    String before = line.startsWith("'") ? "" : "# a comment\nsandbox: true\n";
    String place = line.startsWith("'") ? "tiaki.yaml:1: " : "tiaki.yaml:3: ";
    assertThatThrownBy(() -> parsed(before + line + "\n"))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining(place)
        .hasMessageContaining(message)
        .hasMessageContaining(line.startsWith("'") ? "" : line.substring(0, line.indexOf(':')));
  }

  @Test
  void a_key_that_stands_twice_is_refused_and_yaml_that_is_none() {
    assertThatThrownBy(() -> parsed("queue: 1\nqueue: 2\n"))
        .hasMessageContaining("tiaki.yaml:2: queue stands here again");
    assertThatThrownBy(() -> parsed("queue: [1\n")).hasMessageContaining("is no YAML");
  }
}
