package dev.tiaki.cli.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiaki.cli.control.event.EventHub;
import dev.tiaki.cli.control.http.Routes;
import dev.tiaki.cli.control.http.UnixClient;
import dev.tiaki.cli.control.resource.Places;
import dev.tiaki.cli.control.view.Subject;
import dev.tiaki.cli.lab.EchoLoad;
import dev.tiaki.tracker.ConnectionTracker;
import java.net.Socket;
import java.nio.file.Files;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What the control API says of a run, its rules, its log and its events. */
class ControlApiTest extends ControlledGate {
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
}
