package dev.tiaki.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.cli.lab.EchoLoad;
import dev.tiaki.cli.lab.Lab;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tiaki run} between two hosts that talk all the time: how it comes, changes and goes. */
class LifeTest {
  private static final int CLIENTS = 4;

  @TempDir Path folder;
  private Lab lab;
  private EchoLoad load;
  private Path rules;
  private Path output;
  private String before;

  @BeforeEach
  void raise() throws IOException {
    lab = Lab.up("iptables-restore", "ip6tables-restore");
    load = EchoLoad.serve(lab);
    rules = folder.resolve("rules.lua");
    output = Files.createFile(folder.resolve("output"));
    rule("first");
    before = ruleset();
  }

  @AfterEach
  void lower() throws IOException {
    load.close();
    lab.close();
  }

  /** A rule that counts the bytes of each connection and says its word at the end of each. */
  private void rule(String word) throws IOException {
    Files.writeString(
        rules,
        """
        local tcp_connection = require('protocol/tcp_connection')
        haka.rule{
          on = tcp_connection.events.receive_data,
          eval = function (flow, data, direction)
            flow.data = (flow.data or 0) + 1
          end
        }
        haka.rule{
          on = tcp_connection.events.end_connection,
          eval = function (flow) print('%s ' .. flow.data) end
        }
        """
            .formatted(word));
  }

  private String ruleset() {
    return lab.run(Lab.Host.GATE, "nft", "list", "ruleset")
        + lab.run(Lab.Host.GATE, "iptables-save").replaceAll("#.*\n", "");
  }

  private Process guard(String... more) throws Exception {
    String[] words = new String[3 + more.length];
    words[0] = "run";
    words[1] = "-r";
    words[2] = rules.toString();
    System.arraycopy(more, 0, words, 3, more.length);
    Files.writeString(output, "");
    Process tiaki = lab.tiaki(output, words);
    Lab.await(tiaki, output, "ready, serving queue 0");
    return tiaki;
  }

  private String printed() throws IOException {
    return Files.readString(output, StandardCharsets.ISO_8859_1);
  }

  private void end(Process tiaki) throws Exception {
    tiaki.destroy();
    assertThat(tiaki.waitFor(60, TimeUnit.SECONDS)).as(printed()).isTrue();
    assertThat(tiaki.exitValue()).as(printed()).isZero();
    assertThat(ruleset()).isEqualTo(before);
  }

  private static void hangUp(Process process) throws Exception {
    new ProcessBuilder("kill", "-HUP", Long.toString(process.pid())).start().waitFor();
  }

  @Test
  void a_start_under_load_cuts_no_connection_and_a_stop_leaves_no_trace() throws Exception {
    try (Socket old = load.connect()) {
      load.start(CLIENTS);
      load.await(20);
      Process tiaki = guard();
      load.await(200);
      assertThat(EchoLoad.ask(old, "still there")).isEqualTo("still there");
      end(tiaki);
      load.await(20);
      assertThat(EchoLoad.ask(old, "and after")).isEqualTo("and after");
    }
    load.stop();
    assertThat(load.failure()).isNull();
    assertThat(printed()).contains("first ").doesNotContain("internal error");
  }

  @Test
  void twenty_reloads_under_load_fail_no_request_and_keep_what_connections_know() throws Exception {
    Process tiaki = guard();
    Socket old = load.connect();
    for (int i = 0; i < 50; i++) {
      assertThat(EchoLoad.ask(old, "one")).isEqualTo("one");
    }
    load.start(CLIENTS);
    for (int i = 1; i <= 20; i++) {
      rule("version" + i);
      hangUp(tiaki);
      Lab.await(tiaki, output, "rules reloaded", i);
      load.await(5);
      Lab.await(tiaki, output, "version" + i + " ");
    }
    assertThat(EchoLoad.ask(old, "two")).isEqualTo("two");
    old.close();
    Lab.await(tiaki, output, "version20 10");
    load.stop();
    assertThat(load.failure()).isNull();
    end(tiaki);
  }

  @Test
  void a_file_that_breaks_on_reload_leaves_the_old_rules_running() throws Exception {
    Process tiaki = guard();
    load.start(1);
    load.await(3);
    Files.writeString(rules, "this is not Lua");
    hangUp(tiaki);
    Lab.await(tiaki, output, "rules not reloaded, the old ones go on: ");
    int seen = printed().length();
    load.await(5);
    load.stop();
    assertThat(load.failure()).isNull();
    end(tiaki);
    assertThat(printed().substring(seen)).contains("first ");
  }

  @Test
  void what_a_killed_run_left_is_removed_by_the_next_start() throws Exception {
    Process killed = guard("--fail", "open");
    load.start(CLIENTS);
    load.await(50);
    killed.destroyForcibly();
    killed.waitFor();
    load.await(50);
    assertThat(ruleset()).contains("table inet tiaki");
    Process next = guard();
    load.await(50);
    load.stop();
    assertThat(load.failure()).isNull();
    end(next);
  }
}
