package dev.tiaki.cli.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiaki.cli.lab.EchoLoad;
import dev.tiaki.cli.lab.Lab;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Flows and the kernel's connections are listed, and decided about, by the control API. */
class ControlledFlowsTest extends ControlledGate {
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
}
