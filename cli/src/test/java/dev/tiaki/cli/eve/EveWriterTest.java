package dev.tiaki.cli.eve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tiaki.engine.alert.Alert;
import dev.tiaki.engine.alert.AlertContext;
import dev.tiaki.engine.alert.AlertMethod;
import dev.tiaki.engine.alert.AlertNode;
import dev.tiaki.engine.packet.DropReason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EveWriterTest {
  private static final long TIME = 1_386_928_433_123_456_789L;
  private static final EveEnds UP = new EveEnds("10.0.0.1", 1234, "10.0.0.2", 80, "TCP");
  private static final EveEnds DOWN = new EveEnds("10.0.0.2", 80, "10.0.0.1", 1234, "TCP");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private interface Writing {
    void to(EveWriter eve) throws IOException;
  }

  private List<JsonNode> written(Writing writing) throws IOException {
    try (EveWriter eve = new EveWriter(out)) {
      writing.to(eve);
    }
    List<JsonNode> records = new ArrayList<>();
    for (String line : out.toString(StandardCharsets.UTF_8).split("\n")) {
      records.add(new ObjectMapper().readTree(line));
    }
    return records;
  }

  private static Alert alert() {
    return new Alert(
        3,
        false,
        TIME,
        null,
        TIME,
        "high",
        "low",
        "successful",
        "needle \u00c4\u0081 \"quoted\"",
        new AlertMethod("search", List.of("cve/1")),
        List.of(AlertNode.address("10.0.0.1"), AlertNode.service("http", "1234")),
        List.of(AlertNode.address("10.0.0.2")),
        List.of(1L),
        new AlertContext(7, 1, "my rule", "rules.lua:12", null));
  }

  private static EveFlow flow() {
    return new EveFlow(
        99,
        "a.pcap",
        UP,
        TIME,
        TIME + 2_000_000_000L,
        new EveFlow.Side(6, 600, 0x1a, false),
        new EveFlow.Side(5, 5000, 0x12, true),
        "closed",
        "unknown",
        "drop",
        true,
        "closed",
        null);
  }

  @Test
  void an_alert_says_what_suricatas_says() throws IOException {
    JsonNode record =
        written(eve -> eve.alert(alert(), new EvePlace("a.pcap", 7, 99, DOWN, UP, DropReason.RULE)))
            .get(0);
    assertThat(record.get("timestamp").asText()).isEqualTo("2013-12-13T09:53:53.123456+0000");
    assertThat(record.get("event_type").asText()).isEqualTo("alert");
    assertThat(record.get("flow_id").asLong()).isEqualTo(99);
    assertThat(record.get("pcap_cnt").asLong()).isEqualTo(7);
    assertThat(record.get("pcap_filename").asText()).isEqualTo("a.pcap");
    assertThat(record.get("src_ip").asText()).isEqualTo("10.0.0.2");
    assertThat(record.get("src_port").asInt()).isEqualTo(80);
    assertThat(record.get("dest_ip").asText()).isEqualTo("10.0.0.1");
    assertThat(record.get("direction").asText()).isEqualTo("to_client");
    JsonNode alert = record.get("alert");
    assertThat(alert.get("action").asText()).isEqualTo("blocked");
    assertThat(alert.get("signature").asText()).isEqualTo("needle \u0101 \"quoted\"");
    assertThat(alert.get("category").asText()).isEqualTo("search");
    assertThat(alert.get("severity").asInt()).isEqualTo(1);
    assertThat(alert.get("source").get("port").asInt()).isEqualTo(1234);
    assertThat(alert.get("metadata").get("rule").asText()).isEqualTo("my rule");
    assertThat(alert.get("metadata").get("location").asText()).isEqualTo("rules.lua:12");
    EveFacts.check(record);
  }

  @Test
  void the_same_rule_has_the_same_number_whatever_it_says() {
    long id = EveAlert.signatureId(alert(), "one text");
    assertThat(EveAlert.signatureId(alert(), "another")).isEqualTo(id).isPositive();
  }

  @Test
  void a_flow_tells_both_directions() throws IOException {
    JsonNode record = written(eve -> eve.flow(flow())).get(0);
    assertThat(record.get("flow").get("pkts_toserver").asLong()).isEqualTo(6);
    assertThat(record.get("flow").get("bytes_toclient").asLong()).isEqualTo(5000);
    assertThat(record.get("flow").get("age").asLong()).isEqualTo(2);
    assertThat(record.get("flow").get("action").asText()).isEqualTo("drop");
    assertThat(record.get("tcp").get("tcp_flags").asText()).isEqualTo("1a");
    assertThat(record.get("tcp").get("tcp_flags_tc").asText()).isEqualTo("12");
    assertThat(record.get("tcp").get("syn").asBoolean()).isTrue();
    assertThat(record.get("tcp").has("fin")).isFalse();
    assertThat(record.get("tcp").get("tc_gap").asBoolean()).isTrue();
    assertThat(record.get("tcp").has("ts_gap")).isFalse();
    EveFacts.check(record);
  }

  @Test
  void numbers_stand_at_their_places() throws IOException {
    JsonNode record =
        written(eve ->
                eve.stats(
                    TIME,
                    new EveStats()
                        .put("uptime", 1)
                        .put("decoder.pkts", 10)
                        .put("decoder.bytes", 1000)
                        .put("decoder.ipv4", 9)
                        .put("flow.total", 2)
                        .put("detect.lua.errors", 1)
                        .put("detect.alert", 4)))
            .get(0);
    assertThat(record.get("stats").get("detect").get("lua").get("errors").asLong()).isOne();
    assertThat(record.get("stats").get("decoder").get("bytes").asLong()).isEqualTo(1000);
    EveFacts.check(record);
  }

  @Test
  void each_record_has_a_line_of_its_own() throws IOException {
    assertThat(
            written(eve -> {
              eve.flow(flow());
              eve.flow(flow());
            }))
        .hasSize(2);
    assertThat(out.toString(StandardCharsets.UTF_8)).endsWith("}\n");
  }

  @Test
  void an_http_record_tells_what_was_asked_and_answered() throws IOException {
    EveHttp http =
        new EveHttp(
            99,
            "a.pcap",
            UP,
            TIME,
            2,
            "example.org",
            "/x",
            "agent",
            null,
            null,
            "GET",
            "HTTP/1.1",
            302,
            "/y",
            17);
    JsonNode record = written(eve -> eve.http(http)).getFirst();
    assertThat(record.get("event_type").asText()).isEqualTo("http");
    assertThat(record.get("flow_id").asLong()).isEqualTo(99);
    assertThat(record.get("src_ip").asText()).isEqualTo("10.0.0.1");
    assertThat(record.get("tx_id").asLong()).isEqualTo(2);
    assertThat(record.get("http").toString())
        .isEqualTo(
            "{\"hostname\":\"example.org\",\"url\":\"/x\",\"http_user_agent\":\"agent\","
                + "\"http_method\":\"GET\",\"protocol\":\"HTTP/1.1\",\"status\":302,"
                + "\"redirect\":\"/y\",\"length\":17}");
  }
}
