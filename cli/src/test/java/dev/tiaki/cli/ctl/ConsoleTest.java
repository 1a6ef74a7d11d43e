package dev.tiaki.cli.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiaki.cli.ctl.Tiaki.Outcome;
import dev.tiaki.traffic.Trace;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Lua that is typed into an engine with two workers. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConsoleTest {
  @TempDir static Path folder;
  private static WaitingEngine engine;

  @BeforeAll
  static void start() throws Exception {
    Trace trace = new Trace();
    trace.conversation("10.0.0.1:1001", "10.0.0.2:80").handshake().up("hello");
    trace.conversation("10.0.0.1:1002", "10.0.0.2:23").handshake().up("login");
    engine = WaitingEngine.start(folder, "answer = 42", trace);
  }

  @AfterAll
  static void stop() throws Exception {
    if (engine != null) {
      engine.close();
    }
  }

  private static Outcome console(String... more) {
    String[] all = new String[more.length + 3];
    all[0] = "console";
    all[1] = "--socket";
    all[2] = engine.socket().toString();
    System.arraycopy(more, 0, all, 3, more.length);
    return Tiaki.run(all);
  }

  private static Outcome typed(String statement) {
    return console("-e", statement);
  }

  @Test
  @Order(1)
  void an_expression_shows_its_value_and_sees_what_the_rules_see() {
    Outcome outcome = typed("answer + 1");
    assertThat(outcome.errors()).isEmpty();
    assertThat(outcome.status()).isZero();
    assertThat(outcome.output()).isEqualTo("43\n");
  }

  @Test
  @Order(2)
  void workers_that_answer_differently_are_told_apart() {
    assertThat(typed("haka.current_thread()").output()).isEqualTo("worker 0:\n0\nworker 1:\n1\n");
    assertThat(console("--worker", "1", "-e", "haka.current_thread()").output()).isEqualTo("1\n");
  }

  @Test
  @Order(3)
  void an_error_is_told_and_its_status_is_1() {
    Outcome outcome = typed("error('no')");
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.errors()).contains("no");
    assertThat(typed("for i = 1, 2 do").errors()).isEqualTo("the statement is not complete\n");
  }

  @Test
  @Order(4)
  void a_statement_without_an_end_is_stopped_and_says_so() {
    Outcome outcome = typed("while true do end");
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.errors()).contains("instructions");
    assertThat(typed("1").output()).as("the workers go on").isEqualTo("1\n");
  }

  @Test
  @Order(5)
  void huge_output_is_cut() {
    Outcome outcome =
        console("--worker", "0", "-e", "for i = 1, 100000 do print('0123456789') end");
    assertThat(outcome.output().length()).isBetween(200_000, 300_000);
    assertThat(outcome.output()).endsWith("…\n");
  }

  @Test
  @Order(6)
  void connections_are_lists_that_can_be_filtered_and_dropped() {
    assertThat(typed("console.tcp.connections()").output())
        .contains("id    | srcip")
        .contains("10.0.0.1 | 1001");
    Outcome dropped =
        typed("console.tcp.connections():filter(function (c) return c.dstport == 23 end):drop()");
    assertThat(dropped.status()).isZero();
    assertThat(typed("console.tcp.connections()").output()).contains("1001").doesNotContain("1002");
    assertThat(typed("console.tcp.connections(true)").output()).contains("1002");
  }

  @Test
  @Order(7)
  void rules_threads_and_levels_are_there() {
    assertThat(typed("console.rules()").output()).contains("name | location | event | type");
    assertThat(typed("console.threads()").output()).contains("recv_pkt");
    assertThat(typed("console.udp.connections()").output()).contains("srcip");
    assertThat(typed("console.setloglevel('debug', 'tcp')").status()).isZero();
    assertThat(typed("console.setloglevel('loud')").errors()).contains("invalid log level: loud");
  }

  @Test
  @Order(8)
  void what_was_typed_is_in_the_engines_log() throws Exception {
    typed("'needle'");
    assertThat(engine.log()).contains("console: c").contains("'needle'");
  }

  @Test
  @Order(9)
  void a_session_keeps_its_names_and_completes_them() throws Exception {
    try (RemoteSession session = RemoteSession.open(engine.client(), "all")) {
      session.enter("local_name = 7");
      assertThat(session.enter("local_name").text()).isEqualTo("7\n");
      assertThat(session.complete("print(haka.net")).containsExactly("print(haka.network_time");
      assertThat(session.complete("x = local_n")).containsExactly("x = local_name");
      assertThat(session.enter("for i = 1, 2 do").state()).isEqualTo("incomplete");
      assertThat(session.enter("print(i) end").text()).isEqualTo("1\n2\n");
      assertThat(session.enter("return 1").state()).isEqualTo("ended");
    }
  }

  @Test
  @Order(10)
  void requests_that_make_no_sense_are_refused() throws Exception {
    ControlClient client = engine.client();
    assertThat(refusal("/v1/console", Map.of("worker", "9"))).startsWith("there is no worker '9'");
    assertThat(refusal("/v1/console/c999", Map.of("line", "1")))
        .isEqualTo("there is no console 'c999'");
    JsonNode opened = client.ask("POST", "/v1/console", Map.of());
    assertThat(refusal("/v1/console/" + opened.path("id").asText(), Map.of("nothing", 1)))
        .isEqualTo("the body must be {\"line\": \"LUA\"}");
  }

  @Test
  @Order(11)
  void there_are_no_more_sessions_than_sixteen() throws Exception {
    String refusal = "";
    for (int i = 0; i < 17 && refusal.isEmpty(); i++) {
      refusal = refusal("/v1/console", Map.of());
    }
    assertThat(refusal).isEqualTo("there are 16 consoles already; close one");
  }

  private static String refusal(String path, Object body) throws Exception {
    try {
      engine.client().ask("POST", path, body);
      return "";
    } catch (ControlFailure failure) {
      return String.valueOf(failure.getMessage());
    }
  }

  @Test
  @Order(12)
  void without_an_engine_the_console_says_so() {
    Outcome outcome = Tiaki.run("console", "--socket", folder.resolve("none").toString());
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.errors()).startsWith("tiaki console: no engine is running: ");
  }
}
