package dev.tiaki.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.cli.command.TiakiProcess.Outcome;
import dev.tiaki.traffic.Conversation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a user gets wrong is one line on standard error and a fitting status, never a trace. */
class BadInputTest {
  private static final String ON_NEW_CONNECTION =
      """
      local tcp_connection = require('protocol/tcp_connection')
      haka.rule{ name = 'mine', on = tcp_connection.events.new_connection, eval = function (flow)
      %s
      end }
      """;

  @TempDir Path folder;
  private TiakiProcess tiaki;

  @BeforeEach
  void capture() throws IOException {
    tiaki = new TiakiProcess(folder);
    write("good.lua", "print('loaded')");
    Conversation.between("10.0.0.1:1001", "10.0.0.2:80")
        .handshake()
        .up("GET /")
        .down("200")
        .upAck()
        .fin()
        .writePcap(folder.resolve("one.pcap"));
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private static void failed(Outcome outcome, int status, String line) {
    assertThat(outcome.errors().lines().filter(error -> error.startsWith("tiaki")))
        .singleElement()
        .asString()
        .contains(line);
    assertThat(outcome.errors()).doesNotContain("\tat ");
    assertThat(outcome.status()).isEqualTo(status);
  }

  private Outcome onNewConnection(String code, String... options) throws Exception {
    write("rule.lua", ON_NEW_CONNECTION.formatted(code));
    String[] arguments = Arrays.copyOf(options, options.length + 4);
    System.arraycopy(arguments, 0, arguments, 4, options.length);
    arguments[0] = "replay";
    arguments[1] = "-r";
    arguments[2] = "rule.lua";
    arguments[3] = "one.pcap";
    return tiaki.run(arguments);
  }

  @Test
  void a_missing_capture() throws Exception {
    failed(tiaki.run("replay", "-r", "good.lua", "nix.pcap"), 1, "nix.pcap: no such file");
  }

  @Test
  void a_missing_capture_does_not_keep_the_others_from_being_read() throws Exception {
    Outcome outcome = tiaki.run("replay", "-r", "good.lua", "nix.pcap", "one.pcap");
    failed(outcome, 1, "nix.pcap: no such file");
    assertThat(outcome.errors()).contains("9 packets, ").contains("in 2 captures");
  }

  @Test
  void an_empty_file() throws Exception {
    write("empty.pcap", "");
    failed(tiaki.run("replay", "empty.pcap"), 1, "empty.pcap: the file is empty");
  }

  @Test
  void a_text_file_given_as_capture() throws Exception {
    write("text.pcap", "this is a text\n");
    failed(tiaki.run("replay", "text.pcap"), 1, "text.pcap: not a capture but a text file");
  }

  @Test
  void a_capture_that_breaks_off() throws Exception {
    byte[] whole = Files.readAllBytes(folder.resolve("one.pcap"));
    Files.write(folder.resolve("cut.pcap"), Arrays.copyOf(whole, whole.length - 10));
    Outcome outcome = tiaki.run("replay", "cut.pcap");
    failed(outcome, 1, "cut.pcap: broken at byte ");
    assertThat(outcome.errors()).contains("8 packets, ");
  }

  @Test
  void a_folder_without_captures() throws Exception {
    Files.createDirectory(folder.resolve("nothing"));
    failed(tiaki.run("replay", "nothing"), 1, "nothing: the folder has no captures");
  }

  @Test
  void a_rule_with_a_syntax_error() throws Exception {
    write("bad.lua", "local a = 1\nif a then print('x')\n");
    failed(tiaki.run("replay", "-r", "bad.lua", "one.pcap"), 1, "bad.lua:");
    Outcome check = tiaki.run("check", "bad.lua", "good.lua");
    failed(check, 1, "bad.lua:");
    assertThat(check.output()).startsWith("loaded\n");
  }

  @Test
  void a_rule_file_that_is_interpreted_is_named_with_the_reason() throws Exception {
    write("slow.lua", "-- debug.interactive makes it slow\n");
    String reason = "slow.lua: it opens interactive sessions or the debugger\n";
    assertThat(tiaki.run("replay", "-r", "slow.lua", "one.pcap").output())
        .contains("interpreted, three to five times slower: " + reason);
    assertThat(tiaki.run("check", "slow.lua", "good.lua").output())
        .containsOnlyOnce("interpreted, three to five times slower: " + reason)
        .contains("interpreted, three to five times slower:\n  " + reason);
  }

  @Test
  void a_missing_rule_file() throws Exception {
    failed(tiaki.run("replay", "-r", "nix.lua", "one.pcap"), 1, "nix.lua: no such file");
  }

  @Test
  void a_rule_file_that_raises_while_it_is_loaded() throws Exception {
    write("bad.lua", "\nerror('not today')");
    failed(tiaki.run("replay", "-r", "bad.lua", "one.pcap"), 1, "bad.lua:2: not today");
  }

  @Test
  void a_rule_that_raises_is_logged_with_its_name_and_place_and_drops() throws Exception {
    Outcome observed = onNewConnection("error('oops')");
    assertThat(observed.output()).contains("rule.lua:3: oops (rule 'mine')");
    assertThat(observed.errors())
        .contains("rule errors: 1")
        .contains("packets that failing rules would drop: 1");
    Outcome enforced = onNewConnection("error('oops')", "--enforce");
    assertThat(enforced.errors()).contains("verdicts: 0 accepted").contains("9 dropped");
    Outcome accepted = onNewConnection("error('oops')", "--enforce", "--on-rule-error", "accept");
    assertThat(accepted.errors()).contains("verdicts: 9 accepted");
    Outcome alerted = onNewConnection("error('oops')", "--enforce", "--on-rule-error", "alert");
    assertThat(alerted.errors()).contains("verdicts: 9 accepted").contains("alerts: 1");
  }

  @Test
  void an_endless_rule_is_stopped_and_counted_inside_pcall_too() throws Exception {
    Outcome outcome = onNewConnection("while true do pcall(function () end) end");
    assertThat(outcome.status()).isZero();
    assertThat(outcome.output()).contains("rule.lua:3: rule stopped:");
    assertThat(outcome.errors()).contains("rule errors: 1");
  }

  @Test
  void an_endless_string_is_refused() throws Exception {
    Outcome outcome = onNewConnection("local s = string.rep('x', 1e12)");
    assertThat(outcome.output()).contains("rule.lua:3:").contains("string too large");
    assertThat(outcome.errors()).contains("rule errors: 1");
  }

  @Test
  void an_output_that_cannot_be_written() throws Exception {
    for (String option : new String[] {"-o", "--eve", "--alerts"}) {
      failed(
          tiaki.run("replay", option, "no/such/x", "one.pcap"), 1, "no/such/x: cannot be written");
    }
    write("taken", "");
    failed(tiaki.run("replay", "--streams", "taken", "one.pcap"), 1, "taken: not a folder");
  }

  @Test
  void an_output_that_is_an_input() throws Exception {
    failed(
        tiaki.run("replay", "-o", "one.pcap", "one.pcap"), 1, "one.pcap: is one of the captures");
    assertThat(folder.resolve("one.pcap")).isNotEmptyFile();
  }

  @Test
  void wrong_usage_has_a_status_of_its_own() throws Exception {
    failed(tiaki.run("replay"), 2, "CAPTURE");
    failed(tiaki.run("replay", "--nonsense", "one.pcap"), 2, "--nonsense");
    failed(tiaki.run("nonsense"), 2, "there is no command 'nonsense'");
    failed(tiaki.run(), 2, "which command?");
    assertThat(tiaki.run("hakapcap", "only-one").status()).isEqualTo(2);
    assertThat(tiaki.run("hakapcap", "-l", "loud", "a", "b").status()).isEqualTo(1);
  }

  @Test
  void a_sandboxed_rule_has_no_files() throws Exception {
    write("files.lua", "io.open('x', 'w')");
    failed(tiaki.run("replay", "--sandbox", "-r", "files.lua", "one.pcap"), 1, "files.lua:1:");
    assertThat(folder.resolve("x")).doesNotExist();
  }
}
