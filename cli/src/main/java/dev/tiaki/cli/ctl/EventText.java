package dev.tiaki.cli.ctl;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/** Events of a running engine as people read them, one line each, in the layout of log lines. */
final class EventText {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  EventText() {}

  /** Returns the line of an event, with its line end; what is no JSON is shown as it is. */
  String of(String json) {
    JsonNode event;
    try {
      event = MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      return json + "\n";
    }
    return switch (event.path("type").asText()) {
      case "log" ->
          line(
              event.path("level").asText(),
              event.path("section").asText(),
              event.path("message").asText());
      case "alert" -> line("info", "alert", alert(event.path("alert")));
      case "flow" -> line("info", "flow", flow(event.path("flow")));
      case "dropped" ->
          line("warn", "events", event.path("count").asLong() + " events were not kept for us");
      default -> json + "\n";
    };
  }

  private static String line(String level, String section, String message) {
    return "%-5s %s: %s\n".formatted(level, section, message);
  }

  private static String alert(JsonNode alert) {
    List<String> parts = new ArrayList<>();
    parts.add("id = " + alert.path("id").asText());
    for (String name : new String[] {"severity", "description", "rule", "location"}) {
      if (alert.hasNonNull(name)) {
        parts.add(name + " = " + alert.path(name).asText());
      }
    }
    return String.join(" ", parts);
  }

  private static String flow(JsonNode flow) {
    return "%s %s:%d -> %s:%d ended, %d + %d bytes"
        .formatted(
            flow.path("id").asText(),
            flow.path("source").asText(),
            flow.path("sourcePort").asInt(),
            flow.path("destination").asText(),
            flow.path("destinationPort").asInt(),
            flow.path("up").path("bytes").asLong(),
            flow.path("down").path("bytes").asLong());
  }
}
