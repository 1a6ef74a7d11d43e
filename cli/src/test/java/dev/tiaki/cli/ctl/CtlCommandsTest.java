package dev.tiaki.cli.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tiaki.cli.ctl.Tiaki.Outcome;
import dev.tiaki.traffic.Trace;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The commands against one engine that waits for more packets; the last test stops it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CtlCommandsTest {
  private static final String RULES =
      """
      local tcp_connection = require('protocol/tcp_connection')
      haka.rule{
        name = 'no telnet',
        on = tcp_connection.events.new_connection,
        eval = function (flow) if flow.dstport == 23 then flow:drop() end end
      }
      """;

  @TempDir static Path folder;
  private static WaitingEngine engine;

  @BeforeAll
  static void start() throws Exception {
    Trace trace = new Trace();
    trace.conversation("10.0.0.1:1001", "10.0.0.2:80").handshake().up("hello");
    trace.conversation("10.0.0.1:1002", "10.0.0.2:23").syn();
    engine = WaitingEngine.start(folder, RULES, trace);
  }

  @AfterAll
  static void stop() throws Exception {
    if (engine != null) {
      engine.close();
    }
  }

  private static Outcome ctl(String command, String... more) {
    String[] all = new String[more.length + 4];
    all[0] = "ctl";
    all[1] = command;
    all[2] = "--socket";
    all[3] = engine.socket().toString();
    System.arraycopy(more, 0, all, 4, more.length);
    return Tiaki.run(all);
  }

  private static Outcome hakactl(String... words) {
    String[] all = new String[words.length + 3];
    all[0] = "hakactl";
    all[1] = "--ctl-file";
    all[2] = engine.socket().toString();
    System.arraycopy(words, 0, all, 3, words.length);
    return Tiaki.run(all);
  }

  @Test
  @Order(1)
  void the_socket_may_be_named_before_the_command() {
    Outcome outcome = Tiaki.run("ctl", "--socket", engine.socket().toString(), "status");
    assertThat(outcome.errors()).isEmpty();
    assertThat(outcome.output()).startsWith("tiaki ");
  }

  @Test
  @Order(1)
  void status_shows_each_worker_in_a_table() {
    Outcome outcome = ctl("status");
    assertThat(outcome.errors()).isEmpty();
    assertThat(outcome.status()).isZero();
    assertThat(outcome.output())
        .contains("enforcing, up ")
        .contains("rules: ")
        .contains("worker  packets  bytes  accepted  dropped  tcp  udp  held\n");
  }

  @Test
  @Order(2)
  void status_for_programs_is_one_json_object() throws Exception {
    Outcome outcome = ctl("status", "--json");
    assertThat(new ObjectMapper().readTree(outcome.output()).path("workers")).hasSize(2);
  }

  @Test
  @Order(3)
  void rules_show_what_they_did_and_can_be_turned_off_and_on() {
    assertThat(ctl("rules").output())
        .startsWith("id  hits  errors  seconds  on   name")
        .contains("yes  no telnet  tcp_connection:new_connection  ")
        .contains("rules.lua:2");
    assertThat(ctl("rules", "--disable", "1").output()).contains("no  no telnet");
    assertThat(ctl("rules", "--enable", "1").output()).contains("yes  no telnet");
    assertThat(ctl("rules", "--disable", "7").errors())
        .isEqualTo("tiaki ctl rules: there is no rule '7'\n");
  }

  @Test
  @Order(4)
  void flows_say_who_dropped_them() {
    assertThat(ctl("flows", "destinationPort=23").output())
        .startsWith("id       source         destination")
        .contains("10.0.0.1:1002")
        .contains("rule: rule 'no telnet' at ")
        .contains("rules.lua:2")
        .doesNotContain("10.0.0.2:80");
  }

  @Test
  @Order(5)
  void a_filter_that_makes_no_sense_is_refused() {
    Outcome outcome = ctl("flows", "colour=red");
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.errors()).startsWith("tiaki ctl flows: there is no parameter 'colour' here");
  }

  @Test
  @Order(6)
  void a_flow_is_dropped_by_its_name() {
    String list = ctl("flows", "destinationPort=80").output();
    String id = list.lines().skip(1).findFirst().orElseThrow().split(" ")[0];
    Outcome dropped = ctl("flows", "--drop", id);
    assertThat(dropped.status()).isZero();
    assertThat(dropped.output()).contains("10.0.0.2:80").contains("drop");
    assertThat(ctl("flows", "--drop", "tcp-9-9").errors())
        .isEqualTo("tiaki ctl flows: there is no flow 'tcp-9-9'\n");
  }

  @Test
  @Order(7)
  void log_levels_are_shown_and_changed() {
    assertThat(ctl("loglevel").output()).isEqualTo("info\n");
    assertThat(ctl("loglevel", "warn,tcp=debug").output()).isEqualTo("warn\ntcp=debug\n");
    assertThat(ctl("loglevel", "loud").status()).isEqualTo(1);
    assertThat(ctl("loglevel", "info,tcp=default").status()).isZero();
  }

  @Test
  @Order(8)
  void a_reload_says_how_many_rules_there_are_or_what_is_wrong() throws Exception {
    assertThat(ctl("reload").output()).isEqualTo("reloaded, 1 rules\n");
    Files.writeString(folder.resolve("rules.lua"), "haka.rule{\n}}");
    Outcome broken = ctl("reload");
    Files.writeString(folder.resolve("rules.lua"), RULES);
    assertThat(broken.status()).isEqualTo(1);
    assertThat(broken.errors()).contains("the old rules go on: ").contains("rules.lua:2");
  }

  @Test
  @Order(9)
  void metrics_are_what_prometheus_reads() {
    assertThat(ctl("metrics").output()).contains("# TYPE tiaki_packets_total counter\n");
  }

  @Test
  @Order(10)
  void hakas_words_have_hakas_answers() {
    assertThat(hakactl("STATUS").output())
        .isEqualTo("[....] haka status: haka is running\r[ ok ]\n");
    Outcome level = hakactl("LogLevel", "info");
    assertThat(level.status()).isZero();
    assertThat(level.output())
        .isEqualTo(
            "[....] connecting to haka\r[ ok ]\n"
                + "[....] changing log level: log level set to info\r[ ok ]\n");
    Outcome wrong = hakactl("loglevel", "loud");
    assertThat(wrong.status()).isEqualTo(1);
    assertThat(wrong.output()).contains("[....] changing log level: ").endsWith("\r[FAIL]\n");
  }

  @Test
  @Order(11)
  void hakas_exit_status_tells_what_is_wrong() {
    assertThat(hakactl("dance").status()).isEqualTo(101);
    assertThat(hakactl("dance").errors())
        .isEqualTo("invalid command 'dance', see help for the list of available command\n");
    assertThat(hakactl("loglevel").status()).isEqualTo(101);
    assertThat(Tiaki.run("hakactl").status()).isEqualTo(100);
    assertThat(Tiaki.run("hakactl", "--what").status()).isEqualTo(100);
    Outcome nobody =
        Tiaki.run("hakactl", "--ctl-file", folder.resolve("nobody").toString(), "status");
    assertThat(nobody.status()).isEqualTo(102);
    assertThat(nobody.output())
        .isEqualTo("[....] haka status: cannot connect to haka socket\r[FAIL]\n");
  }

  @Test
  @Order(12)
  void stop_ends_the_engine_as_a_signal_does() throws Exception {
    assertThat(ctl("stop").output()).isEqualTo("stopping\n");
    assertThat(engine.isStopping()).isTrue();
    engine.close();
    engine = null;
    Outcome after =
        Tiaki.run("ctl", "status", "--socket", folder.resolve("control.sock").toString());
    assertThat(after.status()).isEqualTo(1);
    assertThat(after.errors()).startsWith("tiaki ctl status: no engine is running: ");
  }
}
