package dev.tiaki.cli.ctl;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code tiaki ctl status}. */
@Command(name = "status", description = "Show what the engine does.")
final class StatusCommand extends WatchingCommand {
  private static final long MINUTE = 60;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  StatusCommand() {}

  @Override
  JsonNode ask(ControlClient client) throws IOException {
    return client.ask("GET", "/v1/status", null);
  }

  @Override
  String text(JsonNode status) {
    StringBuilder text = new StringBuilder();
    text.append(
        "tiaki %s %s, pid %d, %s, up %s\n"
            .formatted(
                status.path("command").asText(),
                status.path("version").asText(),
                status.path("pid").asLong(),
                status.path("mode").asText(),
                duration(status.path("uptimeSeconds").asLong())));
    line(text, "sources", status.path("sources"));
    line(text, "rules", status.path("rules"));
    text.append('\n').append(workers(status.path("workers")));
    if (!status.path("queues").isEmpty()) {
      text.append('\n').append(queues(status.path("queues")));
    }
    if (!status.path("bounds").isEmpty()) {
      text.append("\nBounds that were reached:\n").append(bounds(status.path("bounds")));
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String name, JsonNode values) {
    List<String> words = new ArrayList<>();
    values.forEach(value -> words.add(value.asText()));
    text.append(name).append(": ");
    text.append(words.isEmpty() ? "none" : String.join(", ", words)).append('\n');
  }

  private static TextTable workers(JsonNode workers) {
    TextTable table =
        new TextTable("worker", "packets", "bytes", "accepted", "dropped", "tcp", "udp", "held");
    for (JsonNode worker : workers) {
      table.row(
          worker.path("number").asLong(),
          worker.path("packets").asLong(),
          Quantity.of(worker.path("bytes").asLong()),
          worker.path("accepted").asLong(),
          worker.path("dropped").asLong(),
          worker.path("tcpFlows").asLong(),
          worker.path("udpFlows").asLong(),
          Quantity.of(worker.path("heldBytes").asLong()));
    }
    return table;
  }

  private static TextTable queues(JsonNode queues) {
    TextTable table = new TextTable("queue", "packets", "waiting", "full", "lost");
    for (JsonNode queue : queues) {
      table.row(
          queue.path("number").asLong(),
          queue.path("total").asLong(),
          queue.path("waiting").asLong(),
          queue.path("full").asLong(),
          queue.path("lost").asLong());
    }
    return table;
  }

  private static TextTable bounds(JsonNode bounds) {
    TextTable table = new TextTable("times", "bound", "what");
    for (JsonNode bound : bounds) {
      table.row(
          bound.path("count").asLong(),
          bound.path("name").asText(),
          bound.path("description").asText());
    }
    return table;
  }

  private static String duration(long seconds) {
    if (seconds >= DAY) {
      return seconds / DAY + "d " + seconds % DAY / HOUR + "h";
    }
    if (seconds >= HOUR) {
      return seconds / HOUR + "h " + seconds % HOUR / MINUTE + "m";
    }
    return seconds >= MINUTE ? seconds / MINUTE + "m " + seconds % MINUTE + "s" : seconds + "s";
  }
}
