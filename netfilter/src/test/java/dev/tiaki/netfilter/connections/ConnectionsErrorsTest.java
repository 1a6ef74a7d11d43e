package dev.tiaki.netfilter.connections;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tiaki.netfilter.conntrack.Filter;
import dev.tiaki.netfilter.conntrack.FlowSpec;
import dev.tiaki.netfilter.conntrack.ReplayConntrack;
import dev.tiaki.netfilter.conntrack.Tuple;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The shapes of errors and of the list of protocols, over a table in memory: no root needed. */
class ConnectionsErrorsTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.ofEpochSecond(1_550_000_000));

  private final ReplayConntrack table = new ReplayConntrack();
  private final List<Exception> failures = new ArrayList<>();
  private final ConnectionsApi api =
      new ConnectionsApi(table, ConnectionsSettings.DEFAULTS, CLOCK, failures::add);

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text);
  }

  private ReplayConntrack oneFlow() throws IOException {
    table.create(
        FlowSpec.of(
            Tuple.udp(InetAddress.ofLiteral("192.0.2.1"), 5, InetAddress.ofLiteral("192.0.2.2"), 6),
            1000));
    return table;
  }

  @Test
  void the_published_list_of_protocols_is_the_default() throws IOException {
    assertThat(api.read("{\"action\":\"protocols\"}").json())
        .isEqualTo(
            json(
                """
                {"protocols": {
                  "udp": ["CLOSED","COOKIE_WAIT","COOKIE_ECHOED","ESTABLISHED","NONE",
                    "SHUTDOWN_SENT","SHUTDOWN_RECD","SHUTDOWN_ACK_SENT"],
                  "tcp": ["CLOSE","CLOSE_WAIT","ESTABLISHED","FIN_WAIT","LAST_ACK","LISTEN","NONE",
                    "SYN_SENT","SYN_RECV","TIME_WAIT"],
                  "icmp": []}}
                """));
  }

  @Test
  void the_corrected_list_gives_udp_no_states_and_sctp_its_own() {
    ConnectionsApi corrected =
        new ConnectionsApi(table, ConnectionsSettings.DEFAULTS.withCorrectedProtocols(true));
    JsonNode protocols = corrected.read("{\"action\":\"protocols\"}").json().get("protocols");
    assertThat(protocols.get("udp")).isEmpty();
    assertThat(protocols.get("sctp")).hasSize(8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "nothing", "[]", "1", "null", "{} {}", "{\"action\":}"})
  void what_is_no_json_object_is_invalid_input_when_read_and_generic_when_deleted(String text)
      throws IOException {
    Answer read = api.read(text);
    assertThat(read.exitStatus()).isEqualTo(1);
    assertThat(read.json())
        .hasToString(
            "{\"id\":1550000000,\"type\":\"InvalidInput\","
                + "\"message\":\"no_json_data_available\"}");
    assertGeneric(api.delete(text));
  }

  private static void assertGeneric(Answer answer) throws IOException {
    assertThat(answer.exitStatus()).isEqualTo(1);
    assertThat(answer.json())
        .isEqualTo(
            json(
                "{\"id\":\"1550000000\",\"type\":\"GenericError\","
                    + "\"message\":\"generic_error\"}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"action\":\"\"}",
        "{\"action\":null}",
        "{\"action\":\"reboot\"}",
        "{\"action\":[\"flush\"]}",
        "{\"action\":\"FLUSH\"}"
      })
  void an_unknown_action_is_a_generic_error(String text) throws IOException {
    oneFlow();
    assertGeneric(api.read(text));
    assertGeneric(api.delete(text));
    assertThat(table.count(Filter.ALL)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "protocol|          | required",
        "protocol| null     | required",
        "protocol| \"\"     | required",
        "protocol| \"nope\" | unknown_protocol",
        "protocol| \"UDP\"  | unknown_protocol",
        "protocol| \"256\"  | unknown_protocol",
        "protocol| []       | unknown_protocol",
        "src     |          | required",
        "src     | \"localhost\" | not_an_address",
        "src     | \"192.0.2\"   | not_an_address",
        "src     | 3221225985    | not_an_address",
        "dst     |          | required",
        "dst     | \"192.0.2.2/32\" | not_an_address",
        "sport   |          | required",
        "sport   | \"abc\"  | not_a_port",
        "sport   | 65536    | not_a_port",
        "sport   | -1       | not_a_port",
        "sport   | 5.5      | not_a_port",
        "sport   | {}       | not_a_port",
        "dport   |          | required",
        "dport   | \"99999999999999999999\" | not_a_port"
      })
  void a_bad_field_is_named_and_nothing_is_deleted(String field, String value, String error)
      throws IOException {
    oneFlow();
    StringBuilder text = new StringBuilder("{\"action\":\"connection\"");
    for (String good :
        List.of(
            "protocol|\"udp\"",
            "src|\"192.0.2.1\"",
            "dst|\"192.0.2.2\"",
            "sport|5",
            "dport|\"6\"")) {
      int bar = good.indexOf('|');
      String name = good.substring(0, bar);
      String written = name.equals(field.trim()) ? value : good.substring(bar + 1);
      if (written != null && !written.isBlank()) {
        text.append(",\"").append(name).append("\":").append(written.trim());
      }
    }
    text.append('}');
    Answer answer = api.delete(text.toString());
    assertThat(answer.exitStatus()).isEqualTo(1);
    assertThat(answer.json().get("type").asText()).isEqualTo("NotValid");
    assertThat(answer.json().get("message").asText()).isEqualTo("Validation failed");
    assertThat(answer.json().get("attributes"))
        .as(text.toString())
        .singleElement()
        .satisfies(attribute -> {
          assertThat(attribute.get("parameter").asText()).isEqualTo(field.trim());
          assertThat(attribute.get("error").asText()).isEqualTo(error.trim());
        });
    assertThat(table.count(Filter.ALL)).isEqualTo(1);
  }

  @Test
  void every_missing_field_is_named_at_once() {
    Answer answer = api.delete("{\"action\":\"connection\",\"protocol\":\"tcp\"}");
    assertThat(answer.json().get("attributes"))
        .extracting(attribute -> attribute.get("parameter").asText())
        .containsExactly("src", "dst", "sport", "dport");
  }

  @Test
  void bare_errors_are_a_choice() throws IOException {
    ConnectionsApi bare =
        new ConnectionsApi(
            table, ConnectionsSettings.DEFAULTS.withDetailedErrors(false), CLOCK, failures::add);
    assertGeneric(bare.delete("{\"action\":\"connection\"}"));
  }

  @Test
  void what_is_not_found_is_generic_on_the_wire_and_told_to_the_log() throws IOException {
    oneFlow();
    assertGeneric(
        api.delete(
            "{\"action\":\"connection\",\"protocol\":\"icmp\",\"src\":\"192.0.2.1\","
                + "\"dst\":\"2001:db8::1\"}"));
    assertThat(failures).singleElement().asString().contains("ConntrackNotFound");
    assertThat(table.count(Filter.ALL)).isEqualTo(1);
  }
}
