package dev.tiaki.cli.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tiaki.cli.control.event.EventHub;
import dev.tiaki.cli.control.http.Routes;
import dev.tiaki.cli.control.http.TestCertificate;
import dev.tiaki.cli.control.http.UnixClient;
import dev.tiaki.cli.control.resource.Places;
import dev.tiaki.cli.control.view.Subject;
import dev.tiaki.cli.lab.EchoLoad;
import dev.tiaki.cli.lab.Lab;
import dev.tiaki.cli.lab.Lab.Host;
import dev.tiaki.tracker.ConnectionTracker;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The control API of a real engine on a real queue, asked by curl, Prometheus and others. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ControlApiTest {
  private static final String TOKEN = "correct-horse-battery-staple";
  private static final int HTTPS = 9443;
  private static final String RULES =
      """
      local tcp_connection = require('protocol/tcp_connection')
      haka.rule{
        name = 'opened',
        on = tcp_connection.events.new_connection,
        eval = function (flow, tcp) haka.alert{ description = 'a connection', severity = 'low' } end
      }
      haka.rule{
        on = tcp_connection.events.receive_data,
        eval = function (flow, data, direction) end
      }
      """;

  private final ObjectMapper mapper = new ObjectMapper();
  private Lab lab;
  private EchoLoad load;
  private Path folder;
  private Path output;
  private Path rules;
  private Path socket;
  private Process guard;
  private OpenApi description;
  private Curl curl;

  @BeforeAll
  void guard(@TempDir Path temporary) throws Exception {
    folder = temporary;
    lab = Lab.up("curl", "promtool", "prometheus", "setpriv");
    load = EchoLoad.serve(lab);
    output = Files.createFile(folder.resolve("output"));
    rules = Files.writeString(folder.resolve("rules.lua"), RULES);
    socket = folder.resolve("control.sock");
    Path token = Files.writeString(folder.resolve("token"), TOKEN);
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
    TestCertificate.in(folder);
    Path config =
        Files.writeString(
            folder.resolve("tiaki.yaml"),
            """
            rules: [%s]
            control:
              socket: %s
              listen: 127.0.0.1:%d
              tls-certificate: %s
              tls-key: %s
              token-file: %s
            """
                .formatted(
                    rules,
                    socket,
                    HTTPS,
                    folder.resolve("cert.pem"),
                    folder.resolve("key.pem"),
                    token));
    guard = lab.tiaki(output, "run", "-c", config.toString());
    Lab.await(guard, output, "tiaki run: ready");
    description = OpenApi.read();
    curl = new Curl(socket);
  }

  @AfterAll
  void stopByTheApi() throws Exception {
    try {
      if (guard != null) {
        assertThat(described("POST", "/v1/stop", "/v1/stop").path("stopping").asBoolean()).isTrue();
        assertThat(guard.waitFor(60, TimeUnit.SECONDS)).as("stopped").isTrue();
        assertThat(guard.exitValue()).as(Files.readString(output)).isZero();
        assertThat(socket).doesNotExist();
      }
    } finally {
      if (load != null) {
        load.close();
        lab.close();
      }
    }
  }

  /** Asks and returns the answer, which must be as it is described. */
  private JsonNode described(String method, String pattern, String path, String... more)
      throws Exception {
    Curl.Got got = curl.ask(method, path, more);
    JsonNode json = got.json();
    assertThat(description.problems(method, pattern, got.status(), json))
        .as(method + " " + path + ": " + got.body())
        .isEmpty();
    return json;
  }

  private JsonNode get(String path) throws Exception {
    return described("GET", path.replaceFirst("\\?.*", ""), path);
  }

  /** Returns the row of a connection from the client. */
  private JsonNode flow(Socket connection) throws Exception {
    JsonNode page = get("/v1/flows?protocol=tcp&sourcePort=" + connection.getLocalPort());
    assertThat(page.path("flows")).as(page.toString()).hasSize(1);
    return page.path("flows").get(0);
  }

  @Test
  void every_place_is_described_and_every_description_is_a_place() {
    Subject nothing =
        new Subject(null, "run", "", List.of(), true, List.of(), null, true, Instant.EPOCH);
    Set<String> places = new TreeSet<>();
    for (Routes.Route route :
        Places.of(nothing, new EventHub(), ConnectionTracker.create(), null).all()) {
      places.add(route.method() + " " + route.path());
    }
    assertThat(description.operations()).isEqualTo(places);
  }

  @Test
  void status_says_what_the_run_does() throws Exception {
    JsonNode status = get("/v1/status");
    assertThat(status.path("command").asText()).isEqualTo("run");
    assertThat(status.path("pid").asLong())
        .isIn(guard.toHandle().descendants().map(ProcessHandle::pid).toList(), guard.pid());
    assertThat(status.path("mode").asText()).isEqualTo("enforcing");
    assertThat(status.path("sources").get(0).asText()).isEqualTo("queue 0 at forward");
    assertThat(status.path("workers")).hasSize(1);
    assertThat(status.path("queues").get(0).path("number").asInt()).isZero();
    assertThat(status.path("rules").get(0).asText()).isEqualTo(rules.toString());
  }

  @Test
  void rules_are_counted_and_turned_off_and_on() throws Exception {
    try (Socket connection = load.connect()) {
      EchoLoad.ask(connection, "hello");
    }
    JsonNode opened = get("/v1/rules").path("rules").get(0);
    assertThat(opened.path("name").asText()).isEqualTo("opened");
    assertThat(opened.path("location").asText()).isEqualTo(rules + ":2");
    assertThat(opened.path("event").asText()).isEqualTo("tcp_connection:new_connection");
    assertThat(opened.path("hits").asLong()).isPositive();
    assertThat(opened.path("errors").asLong()).isZero();
    assertThat(opened.path("enabled").asBoolean()).isTrue();

    String one = "/v1/rules/1";
    JsonNode off = described("POST", "/v1/rules/{id}", one, "-d", "{\"enabled\": false}");
    assertThat(off.path("enabled").asBoolean()).isFalse();
    try (Socket connection = load.connect()) {
      EchoLoad.ask(connection, "unseen");
    }
    JsonNode still = described("GET", "/v1/rules/{id}", one);
    assertThat(still.path("hits").asLong()).isEqualTo(off.path("hits").asLong());
    described("POST", "/v1/rules/{id}", one, "-d", "{\"enabled\": true}");

    assertThat(curl.ask("POST", one, "-d", "{\"enabled\": 7}").status()).isEqualTo(400);
    assertThat(curl.get("/v1/rules/99").body()).contains("there is no rule '99'");
  }

  @Test
  void flows_are_listed_while_a_thousand_connections_come_and_go() throws Exception {
    EchoLoad busy = load;
    busy.start(8);
    Thread waiting =
        Thread.ofVirtual()
            .start(() -> {
              try {
                busy.await(1000);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    int lists = 0;
    int rows = 0;
    while (waiting.isAlive()) {
      JsonNode page = get("/v1/flows?limit=50");
      while (true) {
        Set<String> ids = new HashSet<>();
        for (JsonNode flow : page.path("flows")) {
          assertThat(ids.add(flow.path("id").asText())).as("twice: " + flow).isTrue();
          rows++;
        }
        if (!page.has("next")) {
          break;
        }
        page = get("/v1/flows?limit=50&cursor=" + page.path("next").asText());
      }
      lists++;
    }
    busy.stop();
    assertThat(busy.failure()).isNull();
    assertThat(lists).isPositive();
    assertThat(rows).isPositive();
  }

  @Test
  void a_flow_that_is_dropped_gets_nothing_through() throws Exception {
    try (Socket connection = load.connect()) {
      EchoLoad.ask(connection, "before");
      JsonNode before = flow(connection);
      assertThat(before.path("state").asText()).isEqualTo("established");
      assertThat(before.path("up").path("deliveredBytes").asLong()).isEqualTo(6);
      String id = before.path("id").asText();
      JsonNode after = described("POST", "/v1/flows/{id}/drop", "/v1/flows/" + id + "/drop");
      assertThat(after.path("decision").asText()).isEqualTo("drop");
      connection.setSoTimeout(1000);
      assertThatThrownBy(() -> EchoLoad.ask(connection, "after"))
          .isInstanceOf(SocketTimeoutException.class);
      assertThat(described("GET", "/v1/flows/{id}", "/v1/flows/" + id).path("decision").asText())
          .isEqualTo("drop");
      Curl.Got again = curl.post("/v1/flows/" + id + "/drop");
      assertThat(again.status()).isEqualTo(409);
      assertThat(again.body()).contains("over or dropped already");
    }
  }

  @Test
  void a_flow_that_is_reset_ends_at_once_though_nothing_is_sent() throws Exception {
    try (Socket connection = load.connect()) {
      EchoLoad.ask(connection, "before");
      String id = flow(connection).path("id").asText();
      JsonNode after = described("POST", "/v1/flows/{id}/reset", "/v1/flows/" + id + "/reset");
      assertThat(after.path("decision").asText()).isEqualTo("reset");
      assertThatThrownBy(() -> connection.getInputStream().read())
          .isInstanceOf(SocketException.class)
          .hasMessageContaining("reset");
    }
  }

  @Test
  void a_flow_that_is_bypassed_goes_on_without_rules() throws Exception {
    try (Socket connection = load.connect()) {
      EchoLoad.ask(connection, "before");
      String id = flow(connection).path("id").asText();
      JsonNode after = described("POST", "/v1/flows/{id}/bypass", "/v1/flows/" + id + "/bypass");
      assertThat(after.path("decision").asText()).isEqualTo("bypass");
      assertThat(after.path("kernel").asText()).isEqualTo("confirmed");
      assertThat(EchoLoad.ask(connection, "after")).isEqualTo("after");
    }
  }

  @Test
  void a_flow_that_is_not_there_and_a_filter_without_sense_are_refused() throws Exception {
    assertThat(curl.get("/v1/flows/tcp-0-999999").body())
        .contains("there is no flow 'tcp-0-999999'");
    assertThat(curl.post("/v1/flows/nonsense/reset").status()).isEqualTo(404);
    for (String senseless :
        List.of("port=http", "source=everywhere", "state=asleep", "limit=0", "cursor=x", "a=b")) {
      Curl.Got got = curl.get("/v1/flows?" + senseless);
      assertThat(got.status()).as(senseless).isEqualTo(400);
      assertThat(description.problems("GET", "/v1/flows", 400, got.json())).isEmpty();
    }
  }

  @Test
  void the_kernels_connections_are_read_and_deleted() throws Exception {
    try (Socket connection = load.connect()) {
      EchoLoad.ask(connection, "hello");
      JsonNode all = get("/v1/connections?protocol=tcp&state=ESTABLISHED");
      JsonNode row = null;
      for (JsonNode each : all.path("connections")) {
        row = each.path("sport").asInt() == connection.getLocalPort() ? each : row;
      }
      assertThat(row).as(all.toString()).isNotNull();
      String delete =
          "{\"action\":\"connection\",\"protocol\":\"tcp\",\"src\":\"%s\",\"dst\":\"%s\",\"sport\":%d,\"dport\":%d}"
              .formatted(Lab.CLIENT4, Lab.SERVER4, connection.getLocalPort(), EchoLoad.PORT);
      String place = "/v1/connections/delete";
      assertThat(described("POST", place, place, "-d", delete).path("state").asText())
          .isEqualTo("success");
      assertThat(curl.ask("POST", place, "-d", delete).status()).isEqualTo(400);
    }
    JsonNode protocols =
        described(
            "POST",
            "/v1/connections/read",
            "/v1/connections/read",
            "-d",
            "{\"action\":\"protocols\"}");
    assertThat(protocols.path("protocols").has("tcp")).isTrue();
    assertThat(curl.ask("POST", "/v1/connections/read", "-d", "[1]").body())
        .contains("the body must be a JSON object");
  }

  @Test
  void log_levels_are_shown_and_changed() throws Exception {
    String place = "/v1/loglevel";
    JsonNode changed = described("PUT", place, place, "-d", "{\"level\": \"warn,tcp=error\"}");
    assertThat(changed.path("level").asText()).isEqualTo("warn");
    assertThat(changed.path("sections").path("tcp").asText()).isEqualTo("error");
    described("PUT", place, place, "-d", "{\"level\": \"info,tcp=default\"}");
    assertThat(get(place).path("sections")).isEmpty();
    assertThat(curl.ask("PUT", place, "-d", "{\"level\": \"loud\"}").body())
        .contains("invalid logging level: loud");
  }

  @Test
  void a_broken_file_leaves_the_old_rules_running() throws Exception {
    try {
      Files.writeString(rules, RULES + "x = = 1\n");
      JsonNode refused = described("POST", "/v1/reload", "/v1/reload");
      JsonNode where = refused.path("error").path("details").get(0);
      assertThat(where.path("file").asText()).isEqualTo(rules.toString());
      assertThat(where.path("line").asInt()).isEqualTo(RULES.lines().count() + 1);
      assertThat(get("/v1/rules").path("rules")).hasSize(2);
      try (Socket connection = load.connect()) {
        assertThat(EchoLoad.ask(connection, "old")).isEqualTo("old");
      }
      Files.writeString(
          rules,
          RULES
              + "haka.rule{ on = tcp_connection.events.end_connection, eval = function () end }\n");
      JsonNode done = described("POST", "/v1/reload", "/v1/reload");
      assertThat(done.path("rules").asInt()).as(done.toString()).isEqualTo(3);
    } finally {
      Files.writeString(rules, RULES);
      assertThat(described("POST", "/v1/reload", "/v1/reload").path("rules").asInt()).isEqualTo(2);
    }
  }

  @Test
  void events_are_told_as_they_happen() throws Exception {
    try (UnixClient listener = new UnixClient(socket)) {
      listener.say("GET /v1/events?types=alert,flow HTTP/1.1\r\nHost: x\r\n\r\n");
      listener.hear("\r\n\r\n");
      int port;
      try (Socket connection = load.connect()) {
        port = connection.getLocalPort();
        EchoLoad.ask(connection, "hello");
        String id = flow(connection).path("id").asText();
        curl.post("/v1/flows/" + id + "/reset");
      }
      String all = listener.hear("\"state\":\"reset\"");
      Set<String> types = new HashSet<>();
      for (String line : all.substring(0, all.lastIndexOf('\n')).lines().toList()) {
        if (line.startsWith("{") && line.contains("\"sourcePort\":" + port)) {
          JsonNode event = mapper.readTree(line);
          assertThat(description.problems("Event", event)).as(line).isEmpty();
          types.add(event.path("type").asText());
        }
      }
      assertThat(types).contains("alert");
      assertThat(all).contains("\"type\":\"flow\"");
    }
    assertThat(curl.get("/v1/events?types=weather").body())
        .contains("'weather' is none of alert, flow, log");
  }

  @Test
  void who_reads_events_slowly_stalls_nothing_and_is_told_what_is_missing() throws Exception {
    String place = "/v1/loglevel";
    try (UnixClient slow = new UnixClient(socket)) {
      described("PUT", place, place, "-d", "{\"level\": \"debug\"}");
      slow.say("GET /v1/events HTTP/1.1\r\nHost: x\r\n\r\n");
      slow.hear("\r\n\r\n");
      long before = packets();
      // each request is some 4 KB of events; sockets and queue hold less than 2 MB of them
      for (int i = 0; i < 1500; i++) {
        try (Socket connection = load.connect()) {
          assertThat(EchoLoad.ask(connection, "hello")).isEqualTo("hello");
        }
      }
      assertThat(packets()).isGreaterThan(before + 1500);
      assertThat(slow.hear("\"type\":\"dropped\"")).contains("\"type\":\"dropped\",\"count\":");
    } finally {
      described("PUT", place, place, "-d", "{\"level\": \"info\"}");
    }
  }

  private long packets() throws Exception {
    return get("/v1/status").path("workers").get(0).path("packets").asLong();
  }

  @Test
  void whoever_asks_is_among_the_clients() throws Exception {
    JsonNode clients = get("/v1/clients").path("clients");
    assertThat(clients).isNotEmpty();
    assertThat(clients.get(0).path("localAddr").asText()).isEqualTo(socket.toString());
  }

  @Test
  void the_description_is_served() throws Exception {
    assertThat(curl.get("/v1/openapi.yaml").body()).startsWith("openapi: 3.1.0");
  }

  @Test
  void another_user_cannot_ask() throws Exception {
    folder.toFile().setExecutable(true, false);
    String refused =
        Curl.run(
            List.of(
                "setpriv",
                "--reuid=65534",
                "--regid=65534",
                "--clear-groups",
                "curl",
                "-sSm",
                "10",
                "--unix-socket",
                socket.toString(),
                "http://x/v1/status"));
    assertThat(refused).contains("Couldn't connect");
  }

  @Test
  void promtool_accepts_the_metrics() throws Exception {
    try (Socket connection = load.connect()) {
      EchoLoad.ask(connection, "hello");
    }
    String metrics = curl.get("/metrics").body();
    assertThat(metrics)
        .contains(
            "tiaki_packets_total{worker=\"0\"}",
            "tiaki_dropped_packets_total{worker=\"0\",reason=\"rule\"}",
            "tiaki_queue_waiting_packets{queue=\"0\"}",
            "tiaki_flows{worker=\"0\",protocol=\"tcp\"}",
            "tiaki_stream_held_bytes{worker=\"0\"}",
            "tiaki_rule_hits_total{rule=\"opened\"",
            "tiaki_heap_used_bytes ",
            "tiaki_collector_pause_seconds_total{");
    Path page = Files.writeString(folder.resolve("metrics.txt"), metrics);
    Process promtool =
        new ProcessBuilder("promtool", "check", "metrics")
            .redirectInput(page.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(promtool.getInputStream().readAllBytes());
    assertThat(promtool.waitFor()).as(said).isZero();
    assertThat(said).isEmpty();
  }

  @Test
  void prometheus_scrapes_it_over_tls_with_the_token() throws Exception {
    Path config =
        Files.writeString(
            folder.resolve("prometheus.yml"),
            """
            scrape_configs:
              - job_name: tiaki
                scheme: https
                scrape_interval: 1s
                scrape_timeout: 1s
                authorization: {credentials_file: %s}
                tls_config: {ca_file: %s, server_name: localhost}
                static_configs: [{targets: ['127.0.0.1:%d']}]
            """
                .formatted(folder.resolve("token"), folder.resolve("cert.pem"), HTTPS));
    Path log = Files.createFile(folder.resolve("prometheus.log"));
    Process prometheus =
        lab.start(
            Host.GATE,
            log,
            "prometheus",
            "--config.file=" + config,
            "--storage.tsdb.path=" + folder.resolve("data"),
            "--web.listen-address=127.0.0.1:9090");
    Lab.await(prometheus, log, "Server is ready to receive web requests");
    JsonNode result = null;
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (result == null || result.isEmpty()) {
      assertThat(System.nanoTime()).as(Files.readString(log)).isLessThan(deadline);
      String answer =
          lab.run(
              Host.GATE,
              "curl",
              "-sS",
              "http://127.0.0.1:9090/api/v1/query?query=tiaki_packets_total");
      result = mapper.readTree(answer).path("data").path("result");
    }
    assertThat(result.get(0).path("metric").path("job").asText()).isEqualTo("tiaki");
    assertThat(result.get(0).path("value").get(1).asLong()).isNotNegative();
    prometheus.destroy();
    prometheus.waitFor();
  }
}
