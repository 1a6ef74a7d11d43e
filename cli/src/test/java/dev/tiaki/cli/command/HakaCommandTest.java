package dev.tiaki.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.cli.command.TiakiProcess.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tiaki haka}: the options and exit statuses of Haka's daemon. */
class HakaCommandTest {
  @TempDir Path folder;
  private TiakiProcess tiaki;

  @BeforeEach
  void write() throws IOException {
    tiaki = new TiakiProcess(folder);
    Files.writeString(
        folder.resolve("haka.conf"),
        "[general]\nconfiguration = absent.lua\n[capture]\nmodule = capture/pcap\n"
            + "interfaces = not-there0\n");
  }

  private Outcome haka(String... words) throws Exception {
    String[] all = new String[words.length + 1];
    all[0] = "haka";
    System.arraycopy(words, 0, all, 1, words.length);
    return tiaki.run(all);
  }

  @Test
  void options_that_set_keys_count_in_their_order() {
    assertThat(HakaDaemonOptions.parse(List.of("-d", "-l", "info")).overrides)
        .containsEntry("log:level", "info");
    assertThat(HakaDaemonOptions.parse(List.of("--loglevel=info", "-d")).overrides)
        .containsEntry("log:level", "debug");
    assertThat(
            HakaDaemonOptions.parse(
                    List.of("-r", "a.lua", "--opt", "general:thread=3", "--opt=a:b"))
                .overrides)
        .containsEntry("general:configuration", "a.lua")
        .containsEntry("general:thread", "3")
        .containsEntry("a:b", "true");
  }

  @Test
  void what_is_not_a_command_line_of_hakas_is_refused() {
    for (List<String> words :
        List.of(List.of("rules.lua"), List.of("--opt", "x"), List.of("-c"), List.of("-d=1"))) {
      Assertions.assertThatThrownBy(() -> HakaDaemonOptions.parse(words))
          .as(words.toString())
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void help_and_version_are_printed() throws Exception {
    assertThat(haka("--help").output()).startsWith("Usage: haka [options]");
    assertThat(haka("--version").output()).startsWith("version ").contains("\nAPI version 2");
  }

  @Test
  void wrong_words_and_configurations_end_with_two() throws Exception {
    assertThat(haka("--nonsense").status()).isEqualTo(2);
    Outcome unread = haka("-c", "absent.conf", "--pid-file", "p");
    assertThat(unread.errors())
        .startsWith("fatal core: configuration file parsing error: absent.conf");
    assertThat(unread.status()).isEqualTo(2);
    Files.writeString(folder.resolve("empty.conf"), "");
    assertThat(haka("-c", "empty.conf", "--pid-file", "p").errors())
        .isEqualTo("fatal core: no configuration specified\n");
    assertThat(haka("-c", "empty.conf", "-r", "x.lua", "--pid-file", "p").errors())
        .isEqualTo("fatal core: no packet capture module specified\n");
  }

  @Test
  void an_instance_that_runs_ends_a_second_one_with_five() throws Exception {
    Files.writeString(folder.resolve("p"), ProcessHandle.current().pid() + "\n");
    Outcome second = haka("-c", "haka.conf", "--pid-file", "p");
    assertThat(second.errors()).isEqualTo("fatal core: an instance of haka is already running\n");
    assertThat(second.status()).isEqualTo(5);
  }

  @Test
  void what_the_options_say_reaches_the_run() throws Exception {
    Outcome failed =
        haka("-c", "haka.conf", "-r", "other.lua", "--ctl-file", "s", "--pid-file", "p");
    assertThat(failed.errors())
        .contains("haka: --ctl-file has no effect here", "haka: staying in the foreground")
        .containsPattern("tiaki run: .*(other.lua|CAP_NET_RAW)");
    assertThat(failed.status()).isEqualTo(1);
    assertThat(folder.resolve("p")).doesNotExist();
    assertThat(haka("-c", "haka.conf", "--no-daemon", "--pid-file", "p").errors())
        .doesNotContain("foreground");
  }
}
