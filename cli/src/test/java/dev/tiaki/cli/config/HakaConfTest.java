package dev.tiaki.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiaki.cli.config.ConfigFile.Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Haka's configuration files, as options of {@code tiaki run}. */
class HakaConfTest {
  @TempDir Path folder;

  private List<String> read(String text) throws Exception {
    Path file = Files.writeString(folder.resolve("haka.conf"), text);
    return words(ConfigFile.read(file));
  }

  private static List<String> words(List<Entry> entries) {
    return entries.stream()
        .map(entry -> (entry.option() + " " + String.join(" ", entry.values())).strip())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[capture]\nmodule = \"capture/", "[packet]\nmodule = \"packet/"})
  void the_capture_section_has_two_names(String beginning) throws Exception {
    assertThat(
            read(
                """
                [general]
                configuration = "gateway.lua"
                thread = 4
                %snfqueue"
                interfaces = "eth0, eth1"
                """
                    .formatted(beginning)))
        .containsExactlyInAnyOrder(
            "--rules gateway.lua",
            "--hook prerouting",
            "--guard-interface eth0,eth1",
            "--queue 0-3");
  }

  @Test
  void interfaces_of_the_pcap_module_are_observed() throws Exception {
    assertThat(read("[capture]\nmodule = capture/pcap\ninterfaces = any\n"))
        .containsExactly("--interface any");
  }

  @Test
  void a_capture_file_is_for_replay() {
    assertThatThrownBy(() -> read("[capture]\nmodule = capture/pcap\nfile = x.pcap\n"))
        .isInstanceOf(ConfigException.class)
        .hasMessageEndingWith("haka.conf:2: reads a capture file; use tiaki replay for that");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"a b.lua\" | a b.lua",
        "'a#b.lua' | a#b.lua",
        "a.lua # why | a.lua",
        "a.lua ; why | a.lua",
        "a#b.lua | a#b.lua"
      })
  void values_stand_in_quotes_or_end_at_a_comment(String written, String meant) throws Exception {
    assertThat(read("[general]\nconfiguration = " + written + "\n"))
        .containsExactly("--rules " + meant);
  }

  @Test
  void names_are_the_same_in_capitals_and_comments_are_lines_too() throws Exception {
    assertThat(read("# one\n; two\n\n[GENERAL]\n  Configuration=x.lua\n"))
        .containsExactly("--rules x.lua");
  }

  @ParameterizedTest
  @CsvSource({"yes,false", "True,false", "1,false", "no,true", "False,true", "0,true", "n,true"})
  void truth_is_told_by_the_first_letter(String value, boolean ownRules) throws Exception {
    List<String> words =
        read("[capture]\nmodule = capture/nfqueue\nenable_iptables = " + value + "\n");
    assertThat(words.contains("--no-rules")).isEqualTo(ownRules);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "enable_iptables = maybe | 3: enable_iptables 'maybe': must be yes or no",
        "nonsense | 3: is neither [section] nor key = value",
      })
  void what_makes_no_sense_is_told_with_its_line(String line, String message) {
    assertThatThrownBy(() -> read("[capture]\nmodule = capture/nfqueue\n" + line + "\n"))
        .isInstanceOf(ConfigException.class)
        .hasMessageEndingWith("haka.conf:" + message);
  }

  @Test
  void what_cannot_be_done_is_refused() {
    assertThatThrownBy(() -> read("[general]\nthread = many\n[capture]\nmodule=capture/nfqueue\n"))
        .hasMessageEndingWith("haka.conf:2: thread must be a number from 1 to 99");
    assertThatThrownBy(() -> read("[capture]\nmodule = capture/bridge-ethernet\n"))
        .hasMessageEndingWith("haka.conf:2: capture module 'capture/bridge-ethernet' is not there");
    assertThatThrownBy(() -> read("[alert]\nmodule = alert/syslog\n"))
        .hasMessageContaining("haka.conf:2: alert module 'alert/syslog' is not there; take");
  }

  @Test
  void alerts_go_to_a_file_in_a_format() throws Exception {
    assertThat(read("[alert]\nmodule = alert/file\nfile = /tmp/a\nformat = oneline\n"))
        .containsExactly("--alerts /tmp/a", "--alert-format oneline");
    assertThat(read("[alert]\nmodule = alert/file\nfile = -\n")).isEmpty();
  }

  @Test
  void the_command_line_wins_over_the_file() throws Exception {
    Path file = Files.writeString(folder.resolve("x"), "[general]\nconfiguration = a.lua\n");
    assertThat(words(ConfigFile.readHaka(file, Map.of("General:Configuration", "b.lua"))))
        .containsExactly("--rules b.lua");
    assertThatThrownBy(() -> ConfigFile.readHaka(file, Map.of("packet:module", "what")))
        .hasMessage("command line: capture module 'what' is not there");
  }
}
