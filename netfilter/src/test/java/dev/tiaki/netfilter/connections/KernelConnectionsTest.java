package dev.tiaki.netfilter.connections;

import static dev.tiaki.netfilter.testing.TestNamespace.CLIENT;
import static dev.tiaki.netfilter.testing.TestNamespace.CLIENT6;
import static dev.tiaki.netfilter.testing.TestNamespace.SERVER;
import static dev.tiaki.netfilter.testing.TestNamespace.SERVER6;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tiaki.netfilter.conntrack.Filter;
import dev.tiaki.netfilter.conntrack.FlowSpec;
import dev.tiaki.netfilter.conntrack.IpProtocol;
import dev.tiaki.netfilter.conntrack.KernelConntrack;
import dev.tiaki.netfilter.conntrack.TransportKey;
import dev.tiaki.netfilter.conntrack.Tuple;
import dev.tiaki.netfilter.testing.TestNamespace;
import java.io.IOException;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KernelConnectionsTest {
  private static final String ALL = "{\"action\":\"conntrack\"}";

  private TestNamespace network;
  private KernelConntrack table;
  private ConnectionsApi api;

  @BeforeEach
  void open() throws IOException {
    network = TestNamespace.tracking();
    table = network.conntrack();
    api = new ConnectionsApi(table, ConnectionsSettings.DEFAULTS);
  }

  @AfterEach
  void close() {
    if (table != null) {
      table.close();
      network.close();
    }
  }

  private JsonNode rows(String json) {
    Answer answer = api.read(json);
    assertThat(answer.exitStatus()).isZero();
    return answer.json().get("connections");
  }

  private JsonNode only(String json) {
    JsonNode rows = rows(json);
    assertThat(rows).hasSize(1);
    return rows.get(0);
  }

  private Answer delete(String fields) {
    return api.delete("{\"action\":\"connection\"," + fields + "}");
  }

  @Test
  void a_tcp_row_has_the_published_keys_and_types() throws IOException {
    try (var pair = network.tcp(CLIENT, SERVER, 389)) {
      JsonNode row = only("{\"action\":\"conntrack\",\"protocol\":\"tcp\"}");
      assertThat(row.fieldNames())
          .toIterable()
          .containsExactlyInAnyOrder(
              "dport_reply",
              "dst_reply",
              "protocol",
              "nat",
              "zone",
              "status",
              "sport_reply",
              "dport",
              "state",
              "mark",
              "use",
              "timeout",
              "src_reply",
              "src",
              "layer",
              "sport",
              "dst");
      row.properties()
          .forEach(entry ->
              assertThat(entry.getValue().isTextual())
                  .as(entry.getKey())
                  .isEqualTo(!entry.getKey().equals("nat")));
      assertThat(row.get("nat").isInt()).isTrue();
      assertThat(row.get("sport").asText()).isEqualTo(Integer.toString(pair.clientPort()));
      assertThat(row.get("dport").asText()).isEqualTo("389");
      assertThat(row.get("status").asText()).isEqualTo("ASSURED");
      assertThat(row.get("state").asText()).isEqualTo("ESTABLISHED");
      assertThat(row.get("use").asText()).isEqualTo("2");
    }
  }

  @Test
  void an_answered_echo_has_no_ports_and_no_status() throws IOException {
    network.ping(SERVER);
    JsonNode row = only("{\"action\":\"conntrack\",\"protocol\":\"icmp\"}");
    assertThat(row.has("sport")).isFalse();
    assertThat(row.has("status")).isFalse();
    assertThat(row.get("state").asText()).isEmpty();
    assertThat(row.get("type").asText()).isEqualTo("8");
    assertThat(row.get("type_reply").asText()).isEqualTo("0");
    assertThat(row.get("id").asText()).isEqualTo(row.get("id_reply").asText());
  }

  @Test
  void a_translated_address_is_nat_and_a_translated_port_alone_is_not() throws IOException {
    network.nft(
        """
        table ip nat {
          chain output {
            type nat hook output priority -100;
            ip daddr 192.0.2.9 dnat to 192.0.2.2
            udp dport 1053 redirect to :53
          }
        }
        """);
    network.udp(CLIENT, InetAddress.ofLiteral("192.0.2.9"), 99);
    JsonNode translated = only(ALL);
    assertThat(translated.get("nat").asInt()).isEqualTo(1);
    assertThat(translated.get("dst").asText()).isEqualTo("192.0.2.9");
    assertThat(translated.get("src_reply").asText()).isEqualTo("192.0.2.2");
    table.flush();
    network.udp(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("127.0.0.1"), 1053);
    JsonNode redirected = only(ALL);
    assertThat(redirected.get("dport").asText()).isEqualTo("1053");
    assertThat(redirected.get("sport_reply").asText()).isEqualTo("53");
    assertThat(redirected.get("nat").asInt()).isZero();
  }

  @Test
  void rows_are_chosen_by_protocol_and_state() throws IOException {
    network.udp(CLIENT, SERVER, 53);
    network.tcp(CLIENT, SERVER, 80).close();
    try (var _ = network.tcp(CLIENT, SERVER, 81)) {
      JsonNode open =
          only("{\"action\":\"conntrack\",\"protocol\":\"tcp\",\"state\":\"ESTABLISHED\"}");
      assertThat(open.get("dport").asText()).isEqualTo("81");
      assertThat(rows("{\"action\":\"conntrack\",\"protocol\":\"\",\"state\":\"\"}")).hasSize(3);
      assertThat(rows("{\"action\":\"conntrack\",\"protocol\":\"udp\"}")).hasSize(1);
      assertThat(rows("{\"action\":\"conntrack\",\"protocol\":\"UDP\"}")).isEmpty();
      assertThat(rows("{\"action\":\"conntrack\",\"protocol\":\"17\"}")).isEmpty();
      assertThat(rows("{\"action\":\"conntrack\",\"protocol\":\"udp\",\"state\":\"ESTABLISHED\"}"))
          .isEmpty();
    }
  }

  @Test
  void expand_names_the_firewall_zone_of_each_address() throws IOException {
    FirewallZones zones =
        new FirewallZones(List.of(FirewallZone.parse("loc=192.0.2.1/32")), FirewallZones.NET);
    api = new ConnectionsApi(table, ConnectionsSettings.DEFAULTS.withZones(zones));
    network.udp(CLIENT, SERVER, 53);
    JsonNode row = only("{\"action\":\"conntrack\",\"expand\":1}");
    assertThat(row.get("src_zone").asText()).isEqualTo("loc");
    assertThat(row.get("dst_zone").asText()).isEqualTo("net");
    assertThat(only("{\"action\":\"conntrack\",\"expand\":\"1\"}").has("src_zone")).isTrue();
    for (String no : List.of("0", "\"0\"", "\"\"", "null", "false")) {
      assertThat(only("{\"action\":\"conntrack\",\"expand\":" + no + "}").has("src_zone"))
          .isFalse();
    }
  }

  @Test
  void a_limit_keeps_the_heaviest() throws IOException {
    network.setting("acct", "1");
    network.udp(CLIENT, SERVER, 53);
    network.udpAnswered(CLIENT, SERVER, 54);
    JsonNode row = only("{\"action\":\"conntrack\",\"limit\":1}");
    assertThat(row.get("dport").asText()).isEqualTo("54");
    assertThat(row.get("bytes").asText()).isEqualTo("29");
    assertThat(row.get("packets_reply").asText()).isEqualTo("1");
  }

  @Test
  void every_protocol_is_deleted_by_what_its_row_says() throws IOException {
    int udp = network.udp(CLIENT, SERVER, 53);
    network.ping(SERVER);
    network.ping(SERVER6);
    table.create(FlowSpec.of(Tuple.ports(IpProtocol.SCTP, CLIENT, 5, SERVER, 6), 100));
    table.create(FlowSpec.of(Tuple.ports(IpProtocol.GRE, CLIENT, 5, SERVER, 6), 100));
    Tuple esp = new Tuple(CLIENT, SERVER, 50, TransportKey.NONE, Tuple.NO_ZONE);
    table.create(FlowSpec.of(esp, 100));
    String v4 = ",\"src\":\"192.0.2.1\",\"dst\":\"192.0.2.2\"";
    try (var pair = network.tcp(CLIENT, SERVER, 80)) {
      assertSuccess(
          delete("\"protocol\":\"tcp\",\"sport\":\"" + pair.clientPort() + "\",\"dport\":80" + v4));
    }
    assertSuccess(delete("\"protocol\":\"udp\",\"sport\":" + udp + ",\"dport\":\"53\"" + v4));
    JsonNode echo = only("{\"action\":\"conntrack\",\"protocol\":\"icmp\"}");
    assertSuccess(
        delete(
            "\"protocol\":\"icmp\",\"dport\":389,\"sport\":46286,\"src\":"
                + echo.get("src")
                + ",\"dst\":"
                + echo.get("dst")));
    JsonNode echo6 = only("{\"action\":\"conntrack\",\"protocol\":\"icmpv6\"}");
    assertSuccess(
        delete(
            "\"protocol\":\"icmpv6\",\"src\":"
                + echo6.get("src")
                + ",\"dst\":"
                + echo6.get("dst")));
    assertSuccess(delete("\"protocol\":\"sctp\"" + v4));
    assertSuccess(delete("\"protocol\":\"gre\"" + v4));
    assertSuccess(delete("\"protocol\":\"50\"" + v4));
    assertThat(rows("{\"action\":\"conntrack\",\"protocol\":\"udp\"}")).isEmpty();
  }

  @Test
  void a_deleted_tcp_connection_goes_on_and_is_tracked_anew() throws IOException {
    try (var pair = network.tcp(CLIENT, SERVER, 80)) {
      assertSuccess(
          delete(
              "\"protocol\":\"tcp\",\"src\":\"192.0.2.1\",\"dst\":\"192.0.2.2\",\"sport\":"
                  + pair.clientPort()
                  + ",\"dport\":80"));
      assertThat(rows("{\"action\":\"conntrack\",\"protocol\":\"tcp\"}")).isEmpty();
      pair.client().getOutputStream().write(7);
      assertThat(pair.server().getInputStream().read()).isEqualTo(7);
      JsonNode row = only("{\"action\":\"conntrack\",\"protocol\":\"tcp\"}");
      assertThat(row.get("state").asText()).isEqualTo("ESTABLISHED");
    }
  }

  private static void assertSuccess(Answer answer) {
    assertThat(answer.json()).hasToString("{\"state\":\"success\"}");
    assertThat(answer.exitStatus()).isZero();
  }

  @Test
  void what_matches_nothing_is_an_error_and_deletes_nothing() throws IOException {
    network.udp(CLIENT, SERVER, 53);
    Answer answer =
        delete(
            "\"protocol\":\"udp\",\"src\":\"192.0.2.1\",\"dst\":\"192.0.2.2\","
                + "\"sport\":1,\"dport\":2");
    assertThat(answer.exitStatus()).isEqualTo(1);
    assertThat(answer.json().get("type").asText()).isEqualTo("GenericError");
    assertThat(rows(ALL)).hasSize(1);
  }

  @Test
  void all_zones_are_hit_by_one_delete() throws IOException {
    Tuple tuple = Tuple.udp(CLIENT6, 1, SERVER6, 2);
    table.create(FlowSpec.of(tuple, 100));
    table.create(FlowSpec.of(tuple, 100).withZone(4));
    table.create(FlowSpec.of(Tuple.udp(SERVER6, 1, CLIENT6, 2), 100));
    assertSuccess(
        delete(
            "\"protocol\":\"udp\",\"src\":\"2001:db8::1\",\"dst\":\"2001:db8::2\","
                + "\"sport\":1,\"dport\":2"));
    assertThat(rows(ALL)).hasSize(1);
    assertSuccess(api.delete("{\"action\":\"flush\"}"));
    assertThat(rows(ALL)).isEmpty();
    assertSuccess(api.delete("{\"action\":\"flush\"}"));
  }

  @Test
  void stats_counts_what_is_there() throws IOException {
    network.udp(CLIENT, SERVER, 53);
    JsonNode stats = api.read("{\"action\":\"stats\"}").json();
    assertThat(stats.get("labels")).hasToString("[\"time\",\"connections\"]");
    assertThat(stats.get("data").get(0).get(1).asLong()).isEqualTo(table.count(Filter.ALL));
  }

  @Test
  void samples_outlive_the_process_that_made_them() throws IOException {
    api.restore(List.of(new ConnectionSample(100, 7)));
    api.sample();
    assertThat(api.samples()).hasSize(2).startsWith(new ConnectionSample(100, 7));
    assertThat(api.read("{\"action\":\"stats\",\"time\":60}").json().get("data"))
        .hasSizeBetween(1, 2);
  }

  @Test
  void an_entry_is_deleted_by_its_id_and_one_that_took_its_place_is_not() throws IOException {
    network.udp(CLIENT, SERVER, 53);
    network.ping(SERVER);
    JsonNode udp = only("{\"action\":\"conntrack\",\"protocol\":\"udp\",\"ids\":1}");
    JsonNode echo = only("{\"action\":\"conntrack\",\"protocol\":\"icmp\",\"ids\":1}");
    assertThat(only("{\"action\":\"conntrack\",\"protocol\":\"udp\"}").has("entry_id")).isFalse();
    assertThat(echo.get("id").asText()).isNotEqualTo(echo.get("entry_id").asText());
    String id = "\"entry_id\":" + udp.get("entry_id");
    assertThat(delete(id + ",\"protocol\":\"tcp\"").isSuccess()).isFalse();
    assertThat(delete(id + ",\"src\":\"192.0.2.7\"").isSuccess()).isFalse();
    assertSuccess(delete(id));
    assertThat(delete(id).json().get("type").asText()).isEqualTo("GenericError");
    assertThat(rows("{\"action\":\"conntrack\"}")).hasSize(1);
    for (String bad : List.of("\"x\"", "4294967296", "-1", "{}")) {
      Answer answer = delete("\"entry_id\":" + bad);
      assertThat(answer.json().get("attributes").get(0).get("error").asText())
          .isEqualTo("not_an_id");
    }
    assertThat(delete("\"entry_id\":null").json().get("attributes").get(0).get("error").asText())
        .isEqualTo("required");
    assertThat(table.count(Filter.ALL)).isEqualTo(1);
  }

  /** The answer is what the kernel's own text file says, key by key. */
  @Test
  void rows_say_what_the_kernels_text_file_says() throws IOException {
    network.setting("acct", "1");
    network.nft(
        """
        table inet zones {
          chain output {
            type filter hook output priority -300;
            udp dport 77 ct zone set 3
            udp dport 78 ct original zone set 4
          }
          chain prerouting {
            type filter hook prerouting priority -300;
            udp dport 77 ct zone set 3
            udp dport 78 ct original zone set 4
          }
          chain marks {
            type filter hook output priority 0;
            ct state new ct mark set 28672
          }
        }
        """);
    network.udp(CLIENT, SERVER, 77);
    network.udp(CLIENT, SERVER, 78);
    network.udp(CLIENT6, SERVER6, 53);
    network.udpAnswered(CLIENT, SERVER, 54);
    network.ping(SERVER);
    network.ping(SERVER6);
    table.create(FlowSpec.of(Tuple.ports(IpProtocol.SCTP, CLIENT, 5, SERVER, 6), 100));
    table.create(FlowSpec.of(Tuple.ports(IpProtocol.UDPLITE, CLIENT, 5, SERVER, 6), 100));
    table.create(FlowSpec.of(new Tuple(CLIENT, SERVER, 50, TransportKey.NONE, Tuple.NO_ZONE), 100));
    try (var _ = network.tcp(CLIENT, SERVER, 80);
        var _ = network.tcp(CLIENT6, SERVER6, 80)) {
      Map<String, Map<String, String>> expected = new TreeMap<>();
      for (String line : network.procLines()) {
        Map<String, String> row = ProcLine.parse(line);
        expected.put(key(row), row);
      }
      Map<String, Map<String, String>> rows = new TreeMap<>();
      for (JsonNode json : rows(ALL)) {
        Map<String, String> row = new HashMap<>();
        ((ObjectNode) json)
            .properties()
            .forEach(entry -> row.put(entry.getKey(), entry.getValue().asText()));
        rows.put(key(row), row);
      }
      assertThat(expected).hasSizeGreaterThanOrEqualTo(11);
      forgetSeconds(expected);
      forgetSeconds(rows);
      assertThat(rows).isEqualTo(expected);
    }
  }

  private static String key(Map<String, String> row) {
    return row.get("protocol")
        + row.get("src")
        + row.get("dst")
        + row.get("sport")
        + row.get("dport")
        + row.get("id");
  }

  /** A second may pass between the two looks. */
  private static void forgetSeconds(Map<String, Map<String, String>> rows) {
    rows.values()
        .forEach(row ->
            row.computeIfPresent(
                "timeout", (_, text) -> Long.toString((Long.parseLong(text) + 5) / 10)));
  }
}
