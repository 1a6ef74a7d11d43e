package dev.tiaki.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.cli.command.TiakiProcess.Outcome;
import dev.tiaki.traffic.Conversation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tiaki test} over a folder with two tests: one prints, one edits. */
class TestCommandTest {
  private static final String PRINTS =
      """
      haka.rule{
      	on = haka.dissectors.tcp_connection.events.new_connection,
      	eval = function (flow) print('new connection to port', flow.dstport) end
      }
      """;
  private static final String EDITS =
      """
      haka.rule{
      	on = haka.dissectors.tcp_connection.events.receive_data,
      	eval = function (flow, sub, direction)
      		if direction == 'down' then sub:replace(haka.vbuffer_from('%s')) end
      	end
      }
      """;

  @TempDir Path folder;
  private TiakiProcess tiaki;

  @BeforeEach
  void write() throws IOException {
    tiaki = new TiakiProcess(folder);
    write("rules/prints/rules.lua", PRINTS);
    write("rules/prints/expected.txt", "new connection to port 80\n");
    write("rules/edits/rules.lua", EDITS.formatted("two hundred"));
    write("rules/edits/expected.txt", "");
    write("rules/edits/delivered.txt", "--- stream 0 up\nGET /\n--- stream 0 down\ntwo hundred\n");
    for (String test : new String[] {"prints", "edits"}) {
      Conversation.between("10.0.0.1:1001", "10.0.0.2:80")
          .handshake()
          .up("GET /")
          .down("200")
          .upAck()
          .fin()
          .writePcap(folder.resolve("rules").resolve(test).resolve("one.pcap"));
    }
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void prints(int status, String output, String... words) throws Exception {
    Outcome outcome = tiaki.run(words);
    assertThat(outcome.output()).isEqualTo(output);
    assertThat(outcome.errors()).isEmpty();
    assertThat(outcome.status()).isEqualTo(status);
  }

  @Test
  void what_comes_as_expected_passes() throws Exception {
    prints(0, "ok    edits\nok    prints\n2 tests, 0 failed\n", "test", "rules");
    prints(0, "ok    prints\n1 test, 0 failed\n", "test", "rules/prints");
  }

  @Test
  void the_first_line_that_differs_is_shown() throws Exception {
    write("rules/prints/expected.txt", "new connection to port 8080\n");
    write("rules/edits/rules.lua", EDITS.formatted("three hundred"));
    prints(
        1,
        """
        FAIL  edits
              delivered.txt:4:
                expected: two hundred
                printed:  three hundred
        FAIL  prints
              expected.txt:1:
                expected: new connection to port 8080
                printed:  new connection to port 80
        2 tests, 2 failed
        """,
        "test",
        "rules");
  }

  @Test
  void more_lines_and_fewer_are_differences_too() throws Exception {
    write("rules/prints/expected.txt", "new connection to port 80\nand more\n");
    assertThat(tiaki.run("test", "rules/prints").output())
        .contains("expected.txt:2:", "expected: and more", "printed:  (nothing)");
    write("rules/prints/expected.txt", "new connection to port 80");
    assertThat(tiaki.run("test", "rules/prints").output())
        .contains("the last line ends with an end of line in one of the two alone");
  }

  @Test
  void update_writes_what_came() throws Exception {
    Files.delete(folder.resolve("rules/prints/expected.txt"));
    write("rules/edits/delivered.txt", "");
    assertThat(tiaki.run("test", "rules").output())
        .contains("FAIL  prints\n      expected.txt is not there; --update writes it\n");
    prints(0, "wrote edits\nwrote prints\n2 tests, 0 failed\n", "test", "--update", "rules");
    assertThat(folder.resolve("rules/edits/delivered.txt")).content().contains("two hundred");
    assertThat(tiaki.run("test", "rules").status()).isZero();
  }

  @Test
  void a_rule_file_that_cannot_be_loaded_fails_with_its_error() throws Exception {
    write("rules/prints/rules.lua", "this is no Lua");
    Outcome outcome = tiaki.run("test", "rules");
    assertThat(outcome.output())
        .contains("ok    edits", "FAIL  prints\n      the replay ended with status 1:\n")
        .contains("      tiaki replay: prints/rules.lua:1: syntax error");
    assertThat(outcome.status()).isEqualTo(1);
  }

  @Test
  void options_are_those_of_a_replay() throws Exception {
    write("rules/prints/options.txt", "# nonsense\n--log-level info --no-such\n");
    assertThat(tiaki.run("test", "rules/prints").output()).contains("Unknown option: '--no-such'");
    write("rules/prints/options.txt", "--observe\n");
    assertThat(tiaki.run("test", "rules/prints").status()).isZero();
  }

  @Test
  void a_folder_without_tests_is_refused() throws Exception {
    Files.createDirectories(folder.resolve("empty"));
    assertThat(tiaki.run("test", "empty"))
        .isEqualTo(
            new Outcome(
                1,
                "",
                "tiaki test: empty: no test in it; a test is a folder with rules.lua and a"
                    + " capture\n"));
    assertThat(tiaki.run("test", "nowhere").errors()).contains("nowhere: no such folder");
  }
}
