package dev.tiaki.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tiaki.cli.command.TiakiProcess.Outcome;
import dev.tiaki.cli.eve.EveFacts;
import dev.tiaki.traffic.Conversation;
import dev.tiaki.traffic.Trace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayEndToEndTest {
  private static final String RULES =
      """
      local tcp_connection = require('protocol/tcp_connection')
      haka.rule{
        name = 'opening',
        on = tcp_connection.events.new_connection,
        eval = function (flow, tcp)
          print('open', flow.srcip, flow.srcport)
          haka.log.warning('to %d', flow.dstport)
          haka.alert{ description = 'opened', severity = 'high',
            sources = haka.alert.address(flow.srcip) }
        end
      }
      haka.rule{
        on = tcp_connection.events.receive_data,
        eval = function (flow, data, direction)
          if direction == 'up' and flow.srcport % 2 == 0 then
            haka.alert{ description = 'up of ' .. flow.srcport }
            flow:drop()
          end
        end
      }
      """;

  @TempDir Path folder;
  private TiakiProcess tiaki;

  @BeforeEach
  void capture() throws IOException {
    tiaki = new TiakiProcess(folder);
    Files.writeString(folder.resolve("rules.lua"), RULES);
    Conversation.between("10.0.0.1:1001", "10.0.0.2:80")
        .handshake()
        .up("GET /")
        .down("200")
        .upAck()
        .fin()
        .writePcap(folder.resolve("one.pcap"));
  }

  private void manyConnections(String name, int count) throws IOException {
    Trace trace = new Trace();
    for (int i = 0; i < count; i++) {
      trace
          .conversation("10.0.%d.1:%d".formatted(i % 50, 2000 + i), "10.1.0.%d:80".formatted(i % 7))
          .handshake()
          .up("request " + i)
          .down("answer " + i)
          .swap()
          .upAck()
          .fin();
    }
    trace.writePcap(folder.resolve(name));
  }

  private List<JsonNode> records(String file) throws IOException {
    List<JsonNode> records = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve(file))) {
      records.add(new ObjectMapper().readTree(line));
    }
    return records;
  }

  private static List<String> sortedAlerts(Outcome outcome) {
    return Arrays.stream(outcome.output().split("\n"))
        .filter(line -> line.startsWith("alert: "))
        .map(line -> line.replaceFirst("id = \\d+", ""))
        .sorted()
        .toList();
  }

  @Test
  void prints_log_lines_and_alerts_share_standard_output_in_order() throws Exception {
    Outcome outcome = tiaki.run("replay", "-r", "rules.lua", "one.pcap");
    assertThat(outcome.status()).isZero();
    assertThat(outcome.output())
        .matches(
            """
            open 10\\.0\\.0\\.1 1001
            warn  external: to 80
            alert: id = 1
            \ttime = \\w{3} \\w{3} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d \\d{4}
            \tseverity = high
            \tdescription = opened
            \tsources = \\{
            \t\taddress: 10\\.0\\.0\\.1
            \t\\}
            """);
    assertThat(outcome.errors())
        .startsWith("9 packets, ")
        .contains("connections: 1 seen, 1 complete, 0 with gaps\n")
        .contains("verdicts: 9 would be accepted")
        .contains("alerts: 1, rule errors: 0\n");
  }

  @Test
  void the_summary_for_programs_is_one_json_object() throws Exception {
    Outcome outcome = tiaki.run("replay", "--json", "one.pcap");
    JsonNode summary = new ObjectMapper().readTree(outcome.errors());
    assertThat(summary.get("packets").asInt()).isEqualTo(9);
    assertThat(summary.get("connections").get("complete").asInt()).isOne();
    assertThat(summary.get("mode").asText()).isEqualTo("observe");
    assertThat(summary.get("failures")).isEmpty();
  }

  /** What rules decide marks the table in memory as it would the kernel's. */
  @Test
  void the_connections_are_written_as_the_kernel_would_keep_them() throws Exception {
    manyConnections("many.pcap", 4);
    Files.writeString(
        folder.resolve("decide.lua"),
        """
        local tcp_connection = require('protocol/tcp_connection')
        haka.rule{
          on = tcp_connection.events.receive_data,
          eval = function (flow, data, direction)
            if flow.srcport == 2001 then flow:drop() end
            if flow.srcport == 2002 then flow:bypass() end
          end
        }
        """);
    Outcome outcome =
        tiaki.run(
            "replay", "--enforce", "-r", "decide.lua", "--conntrack", "table.json", "many.pcap");
    assertThat(outcome.status()).as(outcome.errors()).isZero();
    List<JsonNode> flows = records("table.json");
    assertThat(flows)
        .extracting(flow -> flow.at("/original/sport").asInt() + " " + flow.get("mark").asLong())
        .containsExactly("2000 0", "2001 536870912", "2002 268435456", "2003 0");
    assertThat(flows.getFirst().get("state").asText()).isEqualTo("TIME_WAIT");
    assertThat(flows.get(1).get("status").toString()).contains("FIXED_TIMEOUT");
    assertThat(flows.getFirst().at("/original/packets").asInt()).isPositive();
    assertThat(tiaki.run("replay", "--conntrack", "t.json", "--workers", "2", "many.pcap").status())
        .isEqualTo(2);
  }

  @Test
  void eve_records_fit_the_schema_and_flow_ids_tie_them_together() throws Exception {
    tiaki.run("replay", "-r", "rules.lua", "--eve", "eve.json", "one.pcap");
    List<JsonNode> records = records("eve.json");
    records.forEach(EveFacts::check);
    assertThat(records)
        .extracting(record -> record.get("event_type").asText())
        .containsExactly("alert", "flow", "stats");
    JsonNode alert = records.getFirst();
    JsonNode flow = records.get(1);
    assertThat(alert.get("flow_id")).isEqualTo(flow.get("flow_id"));
    assertThat(alert.get("pcap_cnt").asInt()).isOne();
    assertThat(alert.get("alert").get("metadata").get("rule").asText()).isEqualTo("opening");
    assertThat(alert.get("alert").get("metadata").get("location").asText())
        .startsWith("rules.lua:");
    assertThat(flow.get("flow").get("alerted").asBoolean()).isTrue();
    assertThat(flow.get("flow").get("pkts_toserver").asInt()).isEqualTo(6);
    assertThat(flow.get("tcp").get("fin").asBoolean()).isTrue();
    assertThat(records.get(2).get("stats").get("detect").get("alert").asInt()).isOne();
  }

  @Test
  void an_alert_about_a_packet_that_was_dropped_says_blocked() throws Exception {
    manyConnections("many.pcap", 2);
    tiaki.run("replay", "-r", "rules.lua", "-o", "out.pcap", "--eve", "eve.json", "many.pcap");
    assertThat(records("eve.json"))
        .filteredOn(record -> record.path("alert").path("signature").asText().equals("up of 2000"))
        .extracting(record -> record.get("alert").get("action").asText())
        .containsExactly("blocked");
  }

  @Test
  void streams_are_written_with_their_index() throws Exception {
    tiaki.run("replay", "--streams", "streams", "one.pcap");
    List<String> index = Files.readAllLines(folder.resolve("streams/streams.tsv"));
    assertThat(index).hasSize(3);
    assertThat(index.get(1)).startsWith("one.pcap\t0\tup\t10.0.0.1\t1001\t10.0.0.2\t80\t5\t");
    assertThat(index.get(2)).startsWith("one.pcap\t0\tdown\t10.0.0.1\t1001\t10.0.0.2\t80\t3\t");
    assertThat(folder.resolve("streams/one.pcap-0-up.bin")).hasContent("GET /");
  }

  @Test
  void three_workers_find_the_same_streams_and_alerts_as_one() throws Exception {
    manyConnections("many.pcap", 300);
    String[] one = {
      "replay", "-r", "rules.lua", "--alert-format", "oneline", "--streams", "s1", "many.pcap"
    };
    String[] three = {
      "replay",
      "-r",
      "rules.lua",
      "--alert-format",
      "oneline",
      "--streams",
      "s3",
      "many.pcap",
      "--workers",
      "3"
    };
    Outcome alone = tiaki.run(one);
    Outcome together = tiaki.run(three);
    assertThat(alone.status()).isZero();
    assertThat(together.status()).isZero();
    assertThat(sortedAlerts(alone)).hasSize(450);
    assertThat(sortedAlerts(together)).isEqualTo(sortedAlerts(alone));
    assertThat(folder.resolve("s3/streams.tsv"))
        .hasSameTextualContentAs(folder.resolve("s1/streams.tsv"), StandardCharsets.UTF_8);
  }

  @Test
  void the_same_run_twice_gives_the_same_bytes() throws Exception {
    manyConnections("many.pcap", 100);
    for (String run : List.of("a", "b")) {
      Outcome outcome =
          tiaki.run(
              "replay",
              "-r",
              "rules.lua",
              "-o",
              run + ".pcap",
              "--eve",
              run + ".json",
              "many.pcap");
      Files.writeString(folder.resolve(run + ".out"), outcome.output());
    }
    assertThat(folder.resolve("b.out")).hasSameBinaryContentAs(folder.resolve("a.out"));
    assertThat(folder.resolve("b.pcap")).hasSameBinaryContentAs(folder.resolve("a.pcap"));
    assertThat(folder.resolve("b.json")).hasSameBinaryContentAs(folder.resolve("a.json"));
  }

  @Test
  void each_capture_begins_anew_unless_flows_continue() throws Exception {
    Trace first = new Trace();
    Conversation talk = first.conversation("10.0.0.1:1001", "10.0.0.2:80").handshake().up("one ");
    first.writePcap(folder.resolve("first.pcap"));
    int before = first.frames().size();
    talk.up("two").fin();
    first.writePcap(folder.resolve("both.pcap"));
    assertThat(first.frames().size()).isGreaterThan(before);
    Outcome anew = tiaki.run("replay", "--json", "--streams", "anew", "first.pcap", "both.pcap");
    assertThat(anew.errors()).contains("\"connections\":{\"seen\":2,");
    Outcome going =
        tiaki.run(
            "replay", "--json", "--continue", "--streams", "going", "first.pcap", "both.pcap");
    assertThat(going.status()).isZero();
    assertThat(Files.readAllLines(folder.resolve("anew/streams.tsv"))).hasSize(3);
  }

  @Test
  void a_terminated_run_ends_cleanly_with_status_0() throws Exception {
    Files.writeString(
        folder.resolve("wait.lua"),
        """
        haka.rule{ on = haka.events.started, eval = function () io.open('ready', 'w'):close() end }
        haka.rule{ on = haka.events.exiting, eval = function () print('bye') end }
        """);
    Path output = folder.resolve("out");
    Process process =
        tiaki.start(List.of("replay", "-r", "wait.lua", "-"), output, folder.resolve("err"));
    while (!Files.exists(folder.resolve("ready"))) {
      assertThat(process.isAlive()).isTrue();
      Thread.onSpinWait();
    }
    // a capture without an end: the run waits for more
    process.getOutputStream().write(Files.readAllBytes(folder.resolve("one.pcap")));
    process.getOutputStream().flush();
    process.destroy();
    assertThat(process.waitFor()).isZero();
    assertThat(output).hasContent("bye");
  }
}
