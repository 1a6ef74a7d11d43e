package dev.tiaki.cli.eve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/**
 * What Suricata's published schema of EVE (8.0) says about the records written here: which fields
 * there are, of which type, and that there are no others. {@code any} marks where it lets anything
 * stand.
 */
public final class EveFacts {
  private static final Map<String, String> TYPES = new TreeMap<>();

  static {
    types(
        "string", "", "timestamp event_type src_ip dest_ip proto pcap_filename direction pkt_src");
    types("integer", "", "flow_id src_port dest_port ip_v pcap_cnt");
    types("string", "alert.", "action signature category");
    types("integer", "alert.", "gid signature_id rev severity");
    types("strings", "alert.", "references");
    types("any", "alert.", "metadata");
    types("string", "alert.", "source.ip target.ip");
    types("integer", "alert.", "source.port target.port");
    types("integer", "flow.", "pkts_toserver pkts_toclient bytes_toserver bytes_toclient age");
    types("string", "flow.", "start end state reason action");
    types("boolean", "flow.", "alerted");
    types("string", "tcp.", "tcp_flags tcp_flags_ts tcp_flags_tc state");
    types("boolean", "tcp.", "fin syn rst psh ack urg ecn cwr ts_gap tc_gap");
    types("integer", "drop.", "len");
    types("string", "drop.", "reason");
    types("objects", "metadata.", "flowvars");
    types("integer", "dns.", "version id opcode");
    types("string", "dns.", "type flags rrname rrtype rcode");
    types("boolean", "dns.", "qr aa tc rd ra");
    types("objects", "dns.", "answers authorities additionals");
    types("any", "dns.", "grouped");
    types(
        "string", "tls.", "sni version subject issuerdn serial fingerprint notbefore notafter ja4");
    types("string", "tls.", "ja3.hash ja3.string ja3s.hash ja3s.string");
    types("strings", "tls.", "client_alpns server_alpns");
    types("integer", "", "tx_id");
    types("string", "http.", "hostname url http_user_agent http_content_type http_method protocol");
    types("string", "http.", "http_refer redirect");
    types("integer", "http.", "status length http_port");
    types("integer", "stats.", "uptime");
    types("integer", "stats.decoder.", "pkts bytes invalid ipv4 ipv6 tcp unknown_ethertype");
    types("integer", "stats.flow.", "total active tcp tcp_reuse memcap");
    types("integer", "stats.tcp.", "sessions midstream_pickups reassembly_gap overlap rst");
    types("integer", "stats.tcp.", "invalid_checksum overlap_diff_data segment_memcap_drop");
    types("integer", "stats.tcp.", "ssn_memcap_drop no_flow");
    types("integer", "stats.detect.", "alert lua.errors");
    types("integer", "stats.ips.", "accepted blocked replaced");
    types("integer", "stats.defrag.", "ipv4.fragments ipv4.reassembled");
    types("integer", "stats.defrag.", "ipv6.fragments ipv6.reassembled");
    types("integer", "stats.defrag.", "max_trackers_reached max_frags_reached");
  }

  private EveFacts() {}

  private static void types(String type, String prefix, String names) {
    for (String name : names.split(" ")) {
      TYPES.put(prefix + name, type);
    }
  }

  /** Fails when {@code record} holds anything that the schema does not. */
  public static void check(JsonNode record) {
    assertThat(record.has("timestamp")).isTrue();
    assertThat(record.has("event_type")).isTrue();
    assertThat(record.get("timestamp").asText())
        .matches("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d+[+\\-]\\d+");
    check("", record);
  }

  private static void check(String prefix, JsonNode object) {
    object
        .properties()
        .forEach(field -> {
          String place = prefix + field.getKey();
          String type = TYPES.get(place);
          if (type == null && field.getValue().isObject()) {
            check(place + ".", field.getValue());
          } else {
            assertThat(type).as("the schema has no field " + place).isNotNull();
            assertThat(hasType(field.getValue(), type)).as(place + " is " + type).isTrue();
          }
        });
  }

  private static boolean hasType(JsonNode value, String type) {
    return switch (type) {
      case "string" -> value.isTextual();
      case "integer" -> value.isIntegralNumber();
      case "boolean" -> value.isBoolean();
      case "strings" -> value.isArray() && !value.isEmpty() && value.get(0).isTextual();
      case "objects" -> value.isArray() && !value.isEmpty() && value.get(0).isObject();
      default -> value.isObject();
    };
  }
}
