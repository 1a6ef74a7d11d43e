package dev.tiaki.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tiaki.cli.command.TiakiProcess.Outcome;
import dev.tiaki.cli.eve.EveFacts;
import dev.tiaki.traffic.Trace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is told why packets do not pass, and how. */
class ExplainTest {
  private static final String RULES =
      """
      local tcp_connection = require('protocol/tcp_connection')
      haka.rule{
        name = 'no odd ports',
        on = tcp_connection.events.receive_data,
        eval = function (flow, data, direction)
          if flow.srcport % 2 == 1 then
            haka.alert{ description = 'odd' }
            flow:drop()
          end
        end
      }
      """;

  @TempDir Path folder;
  private TiakiProcess tiaki;

  @BeforeEach
  void rules() throws IOException {
    tiaki = new TiakiProcess(folder);
    Files.writeString(folder.resolve("rules.lua"), RULES);
  }

  private void twoConnections() throws IOException {
    Trace trace = new Trace();
    trace.conversation("10.0.0.1:1001", "10.0.0.2:80").handshake().up("odd").up("later");
    trace.conversation("10.0.0.1:1002", "10.0.0.2:80").handshake().up("even").fin();
    trace.writePcap(folder.resolve("two.pcap"));
  }

  private List<JsonNode> records(String type) throws IOException {
    List<JsonNode> records = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("eve.json"))) {
      JsonNode record = new ObjectMapper().readTree(line);
      EveFacts.check(record);
      if (record.get("event_type").asText().equals(type)) {
        records.add(record);
      }
    }
    return records;
  }

  @Test
  void a_full_connection_table_is_named_as_the_limit_that_it_is() throws Exception {
    twoConnections();
    Outcome outcome =
        tiaki.run("replay", "--explain", "--enforce", "--limit-flows", "1", "two.pcap");
    assertThat(outcome.status()).isZero();
    assertThat(outcome.output())
        .startsWith(
            """
            dropped: packet 6
            \tpath = ethernet > ipv4 > tcp
            \tpacket = tcp 10.0.0.1:1002 -> 10.0.0.2:80, 58 bytes
            \tby = limit of connections
            \treason = bound: keeping it would go past a limit
            """);
  }

  @Test
  void observing_tells_which_connections_would_be_dropped_and_from_where_on() throws Exception {
    twoConnections();
    Outcome outcome = tiaki.run("replay", "--explain", "-r", "rules.lua", "two.pcap");
    assertThat(outcome.output())
        .endsWith(
            """
            would be dropped: flow 1, tcp 10.0.0.1:1001 -> 10.0.0.2:80
            \tfrom = packet 4 on
            \tby = rule 'no odd ports' at rules.lua:2
            \treason = rule: a rule dropped it
            """);
  }

  @Test
  void eve_tells_the_first_packet_of_a_flow_that_is_dropped_and_why() throws Exception {
    twoConnections();
    tiaki.run("replay", "--enforce", "-r", "rules.lua", "--eve", "eve.json", "two.pcap");
    assertThat(records("drop")).hasSize(1);
    JsonNode drop = records("drop").getFirst();
    assertThat(drop.get("pcap_cnt").asLong()).isEqualTo(4);
    assertThat(drop.get("drop").get("reason").asText()).isEqualTo("rule");
    assertThat(drop.get("drop").get("len").asInt()).isEqualTo(57);
    assertThat(drop.get("src_port").asInt()).isEqualTo(1001);
    assertThat(drop.get("alert").get("signature").asText()).isEqualTo("no odd ports");
    assertThat(drop.get("alert").get("metadata").get("location").asText()).isEqualTo("rules.lua:2");
    JsonNode alert = records("alert").getFirst();
    assertThat(alert.get("alert").get("action").asText()).isEqualTo("blocked");
    assertThat(alert.get("alert").get("metadata").get("drop_reason").asText()).isEqualTo("rule");
    assertThat(alert.get("alert").get("signature_id"))
        .as("an alert and a drop of one rule carry one number")
        .isEqualTo(drop.get("alert").get("signature_id"));
  }

  @Test
  void eve_says_in_the_flow_why_it_was_dropped() throws Exception {
    twoConnections();
    tiaki.run("replay", "--enforce", "-r", "rules.lua", "--eve", "eve.json", "two.pcap");
    JsonNode flow =
        records("flow").stream()
            .filter(record -> record.get("src_port").asInt() == 1001)
            .findFirst()
            .orElseThrow();
    assertThat(flow.get("flow").get("action").asText()).isEqualTo("drop");
    assertThat(flow.get("metadata").get("flowvars").toString())
        .isEqualTo(
            "[{\"drop_reason\":\"rule\"},{\"drop_by\":\"rule 'no odd ports' at rules.lua:2\"},"
                + "{\"drop_packet\":\"4\"}]");
  }

  @Test
  void a_flood_of_dropped_packets_is_explained_within_a_small_heap() throws Exception {
    Trace trace = new Trace();
    for (int i = 0; i < 20_000; i++) {
      trace.conversation("10.1.%d.%d:%d".formatted(i >> 8, i & 255, 2001), "10.0.0.2:80").up("x");
    }
    trace.writePcap(folder.resolve("flood.pcap"));
    Outcome outcome =
        tiaki.run("replay", "--explain", "--enforce", "--alerts", "/dev/null", "flood.pcap");
    assertThat(outcome.status()).isZero();
    assertThat(outcome.output().lines().filter(line -> line.startsWith("dropped: ")))
        .hasSize(20_000);
    assertThat(outcome.output()).contains("by = policy no_connection_found of tcp_connection");
  }
}
