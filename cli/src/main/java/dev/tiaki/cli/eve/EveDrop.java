package dev.tiaki.cli.eve;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tiaki.cli.output.ByteText;
import dev.tiaki.engine.packet.DropOrigin;
import dev.tiaki.engine.packet.DropReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A packet that did not pass, as EVE's {@code drop} record tells it: the packet in {@code drop},
 * who decided in {@code alert}, as Suricata names the rule there.
 *
 * @param nanos when, nanoseconds since the Unix epoch
 * @param place where in the traffic
 * @param bytes the length of the packet on the wire
 * @param reason why
 * @param origin who decided, or null when that is not known
 */
public record EveDrop(
    long nanos, EvePlace place, int bytes, DropReason reason, @Nullable DropOrigin origin) {
  void write(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("drop");
    json.writeNumberField("len", bytes);
    json.writeStringField("reason", reason.word());
    json.writeEndObject();
    boolean ofRule = origin != null && (origin.rule() != null || origin.location() != null);
    json.writeObjectFieldStart("alert");
    json.writeStringField("action", "blocked");
    json.writeNumberField("gid", ofRule ? 1 : 2);
    json.writeNumberField("signature_id", number());
    json.writeNumberField("rev", 1);
    json.writeStringField("signature", ByteText.characters(signature()));
    json.writeStringField("category", reason.kind().word());
    json.writeNumberField("severity", 3);
    if (origin != null) {
      json.writeObjectFieldStart("metadata");
      optional(json, "rule", origin.rule());
      optional(json, "location", origin.location());
      optional(json, "detail", origin.detail());
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private String signature() {
    if (origin == null) {
      return reason.text();
    }
    String rule = origin.rule();
    return rule != null ? rule : origin.text();
  }

  /** The number that alerts of the same rule carry. */
  private long number() {
    String identity = signature();
    if (origin != null && origin.rule() == null && origin.location() != null) {
      identity = origin.location();
    }
    CRC32 crc = new CRC32();
    crc.update(identity.getBytes(StandardCharsets.UTF_8));
    return crc.getValue() & 0x7fff_ffffL;
  }

  private static void optional(JsonGenerator json, String name, @Nullable String value)
      throws IOException {
    if (value != null) {
      json.writeStringField(name, ByteText.characters(value));
    }
  }
}
