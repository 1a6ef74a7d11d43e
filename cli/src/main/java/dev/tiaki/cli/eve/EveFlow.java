package dev.tiaki.cli.eve;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tiaki.cli.output.ByteText;
import dev.tiaki.engine.flow.FlowDrops;
import dev.tiaki.engine.packet.DropOrigin;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A TCP connection or a flow of UDP that is over, as EVE's {@code flow} record tells it.
 *
 * @param id the flow's id in the run
 * @param capture the capture in which it ended
 * @param ends its ends, the initiator as source
 * @param startNanos when its first packet was seen, nanoseconds since the Unix epoch
 * @param endNanos when its last packet was seen
 * @param toServer what the initiator sent
 * @param toClient what the responder sent
 * @param state {@code new}, {@code established}, {@code closed} or {@code bypassed}
 * @param reason why it ended: {@code timeout}, {@code forced}, {@code shutdown} (the capture
 *     ended), {@code tcp_reuse} or {@code unknown}
 * @param action {@code drop} when a rule or policy dropped it, or null
 * @param alerted whether an alert names it
 * @param tcpState the state of the connection in lower case, null for UDP
 * @param why why packets of it did not pass, or null when all did
 */
public record EveFlow(
    long id,
    String capture,
    EveEnds ends,
    long startNanos,
    long endNanos,
    Side toServer,
    Side toClient,
    String state,
    String reason,
    @Nullable String action,
    boolean alerted,
    @Nullable String tcpState,
    @Nullable FlowDrops why) {

  /**
   * One direction.
   *
   * @param packets how many packets
   * @param bytes how many bytes they had in all
   * @param flags all TCP flags that were seen, the low 8 bits as in the header
   * @param gap whether bytes of the stream are missing
   */
  public record Side(long packets, long bytes, int flags, boolean gap) {}

  private static final String[] FLAG_NAMES = {
    "fin", "syn", "rst", "psh", "ack", "urg", "ecn", "cwr"
  };

  void write(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("flow");
    json.writeNumberField("pkts_toserver", toServer.packets);
    json.writeNumberField("pkts_toclient", toClient.packets);
    json.writeNumberField("bytes_toserver", toServer.bytes);
    json.writeNumberField("bytes_toclient", toClient.bytes);
    json.writeStringField("start", EveTime.of(startNanos));
    json.writeStringField("end", EveTime.of(endNanos));
    json.writeNumberField("age", endNanos / 1_000_000_000L - startNanos / 1_000_000_000L);
    json.writeStringField("state", state);
    json.writeStringField("reason", reason);
    json.writeBooleanField("alerted", alerted);
    if (action != null) {
      json.writeStringField("action", action);
    }
    json.writeEndObject();
    if (tcpState != null) {
      writeTcp(json, tcpState);
    }
    writeDrops(json);
  }

  private void writeTcp(JsonGenerator json, String state) throws IOException {
    int flags = toServer.flags | toClient.flags;
    json.writeObjectFieldStart("tcp");
    json.writeStringField("tcp_flags", hex(flags));
    json.writeStringField("tcp_flags_ts", hex(toServer.flags));
    json.writeStringField("tcp_flags_tc", hex(toClient.flags));
    for (int bit = 0; bit < FLAG_NAMES.length; bit++) {
      if ((flags & 1 << bit) != 0) {
        json.writeBooleanField(FLAG_NAMES[bit], true);
      }
    }
    json.writeStringField("state", state);
    if (toServer.gap) {
      json.writeBooleanField("ts_gap", true);
    }
    if (toClient.gap) {
      json.writeBooleanField("tc_gap", true);
    }
    json.writeEndObject();
  }

  /** EVE has no field for it in a flow, but lets anything stand in the flow's variables. */
  private void writeDrops(JsonGenerator json) throws IOException {
    if (why == null) {
      return;
    }
    json.writeObjectFieldStart("metadata");
    json.writeArrayFieldStart("flowvars");
    variable(json, "drop_reason", why.reason().word());
    DropOrigin origin = why.origin();
    if (origin != null) {
      variable(json, "drop_by", ByteText.characters(origin.text()));
    }
    if (why.packetNumber() > 0) {
      variable(json, "drop_packet", Long.toString(why.packetNumber()));
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void variable(JsonGenerator json, String name, String value) throws IOException {
    json.writeStartObject();
    json.writeStringField(name, value);
    json.writeEndObject();
  }

  private static String hex(int flags) {
    return "%02x".formatted(flags & 0xff);
  }
}
