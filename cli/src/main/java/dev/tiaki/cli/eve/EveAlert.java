package dev.tiaki.cli.eve;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tiaki.cli.output.ByteText;
import dev.tiaki.engine.alert.Alert;
import dev.tiaki.engine.alert.AlertContext;
import dev.tiaki.engine.alert.AlertMethod;
import dev.tiaki.engine.alert.AlertNode;
import dev.tiaki.engine.packet.DropReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The {@code alert} object of an EVE record.
 *
 * <p>A rule has no number, so {@code signature_id} is made from its name, else its place, else the
 * alert's text: the same rule has the same number in every run. What Haka's alerts say and EVE has
 * no field for stands in {@code alert.metadata}, where EVE lets anything stand.
 */
final class EveAlert {
  private static final int RULE_GENERATOR = 1;
  private static final int PROTOCOL_GENERATOR = 2;
  private static final String NO_DESCRIPTION = "(no description)";

  private EveAlert() {}

  static void write(JsonGenerator json, Alert alert, @Nullable DropReason blocked)
      throws IOException {
    String signature = text(alert.description(), NO_DESCRIPTION);
    boolean ofRule = alert.context().rule() != null || alert.context().location() != null;
    json.writeObjectFieldStart("alert");
    json.writeStringField("action", blocked != null ? "blocked" : "allowed");
    json.writeNumberField("gid", ofRule ? RULE_GENERATOR : PROTOCOL_GENERATOR);
    json.writeNumberField("signature_id", signatureId(alert, signature));
    json.writeNumberField("rev", 1);
    json.writeStringField("signature", signature);
    AlertMethod method = alert.method();
    json.writeStringField("category", text(method == null ? null : method.description(), ""));
    json.writeNumberField("severity", severity(alert.severity()));
    end(json, "source", alert.sources());
    end(json, "target", alert.targets());
    if (method != null && !method.references().isEmpty()) {
      strings(json, "references", method.references());
    }
    metadata(json, alert, blocked);
    json.writeEndObject();
  }

  static long signatureId(Alert alert, String signature) {
    @Nullable String rule = alert.context().rule();
    @Nullable String location = alert.context().location();
    String identity = rule != null ? rule : location != null ? location : signature;
    CRC32 crc = new CRC32();
    crc.update(identity.getBytes(StandardCharsets.UTF_8));
    return crc.getValue() & 0x7fff_ffffL;
  }

  /** Suricata counts from 1, the most serious. */
  private static int severity(@Nullable String word) {
    if (word == null) {
      return 3;
    }
    return switch (word) {
      case "high" -> 1;
      case "medium" -> 2;
      default -> 3;
    };
  }

  /** EVE has room for one address and one port. */
  private static void end(JsonGenerator json, String name, List<AlertNode> nodes)
      throws IOException {
    @Nullable String ip = first(nodes, "address", value -> true);
    @Nullable String port = first(nodes, "service", value -> value.matches("\\d{1,5}"));
    if (ip == null && port == null) {
      return;
    }
    json.writeObjectFieldStart(name);
    if (ip != null) {
      json.writeStringField("ip", ByteText.characters(ip));
    }
    if (port != null) {
      json.writeNumberField("port", Integer.parseInt(port));
    }
    json.writeEndObject();
  }

  private static @Nullable String first(
      List<AlertNode> nodes, String type, Predicate<String> wanted) {
    return nodes.stream()
        .filter(node -> node.type().equals(type))
        .flatMap(node -> node.values().stream())
        .filter(wanted)
        .findFirst()
        .orElse(null);
  }

  private static void metadata(JsonGenerator json, Alert alert, @Nullable DropReason blocked)
      throws IOException {
    json.writeObjectFieldStart("metadata");
    json.writeNumberField("alert_id", alert.id());
    if (alert.update()) {
      json.writeBooleanField("update", true);
    }
    optional(json, "rule", alert.context().rule());
    optional(json, "location", alert.context().location());
    optional(json, "drop_reason", blocked == null ? null : blocked.word());
    AlertContext.Decided decided = alert.context().decided();
    if (decided != null) {
      json.writeStringField("flow_action", decided.action());
      json.writeStringField("kernel", decided.kernel());
    }
    optional(json, "confidence", alert.confidence());
    optional(json, "completion", alert.completion());
    time(json, "start_time", alert.startTimeNanos());
    time(json, "end_time", alert.endTimeNanos());
    nodes(json, "sources", alert.sources());
    nodes(json, "targets", alert.targets());
    if (!alert.references().isEmpty()) {
      json.writeArrayFieldStart("related");
      for (long id : alert.references()) {
        json.writeNumber(id);
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private static void nodes(JsonGenerator json, String name, List<AlertNode> nodes)
      throws IOException {
    if (nodes.isEmpty()) {
      return;
    }
    json.writeArrayFieldStart(name);
    for (AlertNode node : nodes) {
      json.writeStartObject();
      json.writeStringField("type", node.type());
      strings(json, "values", node.values());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void strings(JsonGenerator json, String name, List<String> values)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String value : values) {
      json.writeString(ByteText.characters(value));
    }
    json.writeEndArray();
  }

  private static void time(JsonGenerator json, String name, @Nullable Long nanos)
      throws IOException {
    if (nanos != null) {
      json.writeStringField(name, EveTime.of(nanos));
    }
  }

  private static void optional(JsonGenerator json, String name, @Nullable String value)
      throws IOException {
    if (value != null) {
      json.writeStringField(name, ByteText.characters(value));
    }
  }

  private static String text(@Nullable String value, String otherwise) {
    return value == null ? otherwise : ByteText.characters(value);
  }
}
