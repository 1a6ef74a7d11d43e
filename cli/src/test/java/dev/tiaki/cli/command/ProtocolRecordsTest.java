package dev.tiaki.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tiaki.cli.eve.EveFacts;
import dev.tiaki.traffic.Conversation;
import dev.tiaki.traffic.DnsBytes;
import dev.tiaki.traffic.TlsBytes;
import dev.tiaki.traffic.Trace;
import dev.tiaki.traffic.UdpDatagram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The records of application protocols and of UDP, from a capture to the file. */
class ProtocolRecordsTest {
  private static final int A = 1;

  @TempDir private Path folder;

  private List<JsonNode> records(String... options) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("replay", "--eve", "eve.json"));
    arguments.addAll(List.of(options));
    arguments.add("in.pcap");
    TiakiProcess.Outcome outcome = new TiakiProcess(folder).run(arguments.toArray(String[]::new));
    assertThat(outcome.status()).as(outcome.errors()).isZero();
    List<JsonNode> records = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("eve.json"))) {
      records.add(new ObjectMapper().readTree(line));
    }
    records.forEach(EveFacts::check);
    return records;
  }

  private static List<JsonNode> of(String type, List<JsonNode> records) {
    return records.stream()
        .filter(record -> record.get("event_type").asText().equals(type))
        .toList();
  }

  @Test
  void a_question_and_its_answer_are_two_dns_records_of_one_udp_flow() throws Exception {
    Trace trace = new Trace();
    trace.send(
        UdpDatagram.between("10.0.0.1:4000", "10.0.0.53:53")
            .payload(DnsBytes.query(7, "www.example", A).bytes())
            .toIp());
    trace.send(
        UdpDatagram.between("10.0.0.53:53", "10.0.0.1:4000")
            .payload(
                DnsBytes.response(7, "www.example", A).answer("www.example", A, "c0000201").bytes())
            .toIp());
    trace.send(UdpDatagram.between("10.0.0.1:4001", "10.0.0.9:9999").payload("alone").toIp());
    trace.writePcap(folder.resolve("in.pcap"));
    List<JsonNode> records = records();
    List<JsonNode> dns = of("dns", records);
    assertThat(dns)
        .extracting(row -> row.at("/dns/type").asText())
        .containsExactly("query", "answer");
    assertThat(dns).extracting(row -> row.at("/dns/rrname").asText()).containsOnly("www.example");
    assertThat(dns.get(1).at("/dns/grouped/A/0").asText()).isEqualTo("192.0.2.1");
    assertThat(dns.get(1).get("src_ip").asText()).isEqualTo("10.0.0.53");
    List<JsonNode> flows = of("flow", records);
    assertThat(flows)
        .extracting(row -> row.get("proto").asText() + " " + row.at("/flow/state").asText())
        .containsExactlyInAnyOrder("UDP established", "UDP new");
    JsonNode answered =
        flows.stream().filter(row -> row.get("dest_port").asInt() == 53).findAny().orElseThrow();
    assertThat(answered.get("flow_id")).isEqualTo(dns.get(0).get("flow_id"));
    assertThat(answered.at("/flow/pkts_toserver").asInt()).isOne();
    assertThat(answered.at("/flow/pkts_toclient").asInt()).isOne();
    assertThat(answered.at("/flow/bytes_toserver").asInt()).isEqualTo(20 + 8 + 12 + 17);
    assertThat(answered.has("tcp")).isFalse();
  }

  @Test
  void an_alert_about_a_udp_flow_is_noted_in_its_record_and_in_no_other() throws Exception {
    Files.writeString(
        folder.resolve("rules.lua"),
        """
        local udp_connection = require('protocol/udp_connection')
        haka.rule{ on = udp_connection.events.new_connection, eval = function (flow, pkt)
            if flow.dstport == 1001 then haka.alert{ description = 'new' } end
        end }
        haka.rule{ on = udp_connection.events.receive_data, eval = function (flow, pkt)
            if flow.dstport == 1002 then haka.alert{ description = 'data' } end
        end }
        haka.rule{ on = udp_connection.events.new_connection, eval = function (flow, pkt)
            if flow.dstport == 1003 then haka.alert{ description = 'drop' } pkt:drop() end
        end }
        """);
    Trace trace = new Trace();
    for (int port : List.of(1000, 1001, 1002, 1003, 53, 1004)) {
      trace.send(UdpDatagram.between("10.0.0.1:4000", "10.0.0.2:" + port).payload("x").toIp());
    }
    trace.writePcap(folder.resolve("in.pcap"));
    List<JsonNode> records = records("-r", "rules.lua", "--enforce");
    assertThat(of("flow", records))
        .extracting(row -> row.get("dest_port").asInt() + " " + row.at("/flow/alerted").asBoolean())
        .containsExactlyInAnyOrder("1000 false", "1001 true", "1002 true", "53 true", "1004 false");
    assertThat(of("alert", records))
        .extracting(row -> row.at("/alert/signature").asText())
        .containsExactly("new", "data", "drop", "dns: malformed message, message is cut");
  }

  @Test
  void a_handshake_is_a_tls_record_of_its_connection_at_any_port() throws Exception {
    Conversation.between("10.0.0.1:4000", "10.0.0.2:8443")
        .handshake()
        .up(
            TlsBytes.record(
                22,
                TlsBytes.hello(0x0303)
                    .serverName("www.example")
                    .protocols("h2")
                    .versions(0x0304)
                    .ofClient()))
        .down(TlsBytes.record(22, TlsBytes.hello(0x0303).chosen(0x0304).ofServer()))
        .up(TlsBytes.record(23, new byte[20]))
        .fin()
        .writePcap(folder.resolve("in.pcap"));
    List<JsonNode> records = records();
    JsonNode tls = of("tls", records).getFirst();
    assertThat(tls.at("/tls/sni").asText()).isEqualTo("www.example");
    assertThat(tls.at("/tls/version").asText()).isEqualTo("TLS 1.3");
    assertThat(tls.at("/tls/client_alpns/0").asText()).isEqualTo("h2");
    assertThat(tls.at("/tls/ja4").asText()).startsWith("t13d");
    assertThat(tls.get("flow_id")).isEqualTo(of("flow", records).getFirst().get("flow_id"));
    assertThat(of("tls", records)).hasSize(1);
  }

  @Test
  void tls_behind_connect_is_a_record_beside_the_one_of_http() throws Exception {
    Conversation.between("10.0.0.1:4000", "10.0.0.2:80")
        .handshake()
        .up("CONNECT www.example:443 HTTP/1.1\r\nHost: www.example\r\n\r\n")
        .down("HTTP/1.1 200 Connection established\r\n\r\n")
        .up(TlsBytes.record(22, TlsBytes.hello(0x0303).serverName("www.example").ofClient()))
        .down(TlsBytes.record(22, TlsBytes.hello(0x0303).chosen(0x0304).ofServer()))
        .fin()
        .writePcap(folder.resolve("in.pcap"));
    List<JsonNode> records = records();
    assertThat(of("tls", records))
        .extracting(row -> row.at("/tls/sni").asText())
        .containsExactly("www.example");
    assertThat(of("http", records))
        .extracting(row -> row.at("/http/http_method").asText())
        .containsExactly("CONNECT");
  }

  @Test
  void http_at_the_port_of_tls_is_known_too() throws Exception {
    Conversation.between("10.0.0.1:4000", "10.0.0.2:443")
        .handshake()
        .up("GET /here HTTP/1.1\r\nHost: www.example\r\n\r\n")
        .down("HTTP/1.1 204 No Content\r\n\r\n")
        .fin()
        .writePcap(folder.resolve("in.pcap"));
    assertThat(of("http", records("--detect", "http"))).hasSize(1);
  }

  @Test
  void http_is_known_by_its_first_data_when_asked_for() throws Exception {
    Conversation.between("10.0.0.1:4000", "10.0.0.2:8123")
        .handshake()
        .up("GET /here HTTP/1.1\r\nHost: www.example\r\n\r\n")
        .down("HTTP/1.1 204 No Content\r\n\r\n")
        .fin()
        .writePcap(folder.resolve("in.pcap"));
    assertThat(of("http", records())).isEmpty();
    List<JsonNode> found = of("http", records("--detect", "http"));
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().at("/http/url").asText()).isEqualTo("/here");
    assertThat(found.getFirst().at("/http/status").asInt()).isEqualTo(204);
  }
}
