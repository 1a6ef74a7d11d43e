package dev.tiaki.cli.ctl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tiaki ctl flows}. */
@Command(
    name = "flows",
    description = "Show the flows that are followed, or decide about one.",
    footer = {
      "",
      "Filters: protocol, state, decision, source, destination, address, sourcePort,",
      "destinationPort, port; an address may be a network: source=10.0.0.0/8."
    })
final class FlowsCommand extends WatchingCommand {
  private static final int MAX_PAGE = 10_000;

  @Parameters(paramLabel = "NAME=VALUE", arity = "0..*", description = "Only flows like this.")
  Map<String, String> filters = new LinkedHashMap<>();

  @Option(names = "--limit", paramLabel = "N", description = "Show so many at most (default: 100).")
  int limit = 100;

  /** One decision about one flow. */
  static final class Decision {
    @Option(names = "--drop", paramLabel = "ID", description = "Drop this flow.")
    @Nullable String drop;

    @Option(names = "--reset", paramLabel = "ID", description = "Reset it at both ends.")
    @Nullable String reset;

    @Option(names = "--bypass", paramLabel = "ID", description = "Let its rest pass unseen.")
    @Nullable String bypass;

    Decision() {}
  }

  @ArgGroup @Nullable Decision decision;

  FlowsCommand() {}

  @Override
  JsonNode ask(ControlClient client) throws IOException {
    return decision == null ? list(client) : decide(client, decision);
  }

  private static JsonNode decide(ControlClient client, Decision about) throws IOException {
    String id = about.drop != null ? about.drop : about.reset != null ? about.reset : about.bypass;
    String word = about.drop != null ? "drop" : about.reset != null ? "reset" : "bypass";
    JsonNode flow =
        client.ask("POST", "/v1/flows/" + encoded(String.valueOf(id)) + "/" + word, null);
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.putArray("flows").add(flow);
    return answer;
  }

  private JsonNode list(ControlClient client) throws IOException {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    ArrayNode flows = all.putArray("flows");
    JsonNode next = null;
    do {
      int wanted = Math.clamp((long) limit - flows.size(), 1, MAX_PAGE);
      JsonNode page = client.ask("GET", "/v1/flows?limit=" + wanted + query(next), null);
      page.path("flows").forEach(flows::add);
      next = page.path("next");
    } while (next.isTextual() && flows.size() < limit);
    all.put("more", next.isTextual());
    return all;
  }

  private String query(@Nullable JsonNode cursor) {
    StringBuilder query = new StringBuilder();
    filters.forEach((name, value) ->
        query.append('&').append(encoded(name)).append('=').append(encoded(value)));
    if (cursor != null && cursor.isTextual()) {
      query.append("&cursor=").append(encoded(cursor.textValue()));
    }
    return query.toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  String text(JsonNode answer) {
    TextTable table =
        new TextTable(
            "id", "source", "destination", "state", "up", "down", "decision", "dropped because");
    for (JsonNode flow : answer.path("flows")) {
      table.row(
          flow.path("id").asText(),
          end(flow, "source"),
          end(flow, "destination"),
          flow.path("state").asText(),
          Quantity.of(flow.path("up").path("bytes").asLong()),
          Quantity.of(flow.path("down").path("bytes").asLong()),
          decided(flow),
          reason(flow.path("drops")));
    }
    String more = answer.path("more").asBoolean() ? "… and more; see --limit\n" : "";
    return table.isEmpty() ? "no flows\n" : table + more;
  }

  private static String end(JsonNode flow, String name) {
    String address = flow.path(name).asText();
    String shown = address.indexOf(':') >= 0 ? "[" + address + "]" : address;
    return shown + ":" + flow.path(name + "Port").asInt();
  }

  private static String decided(JsonNode flow) {
    String decision = flow.path("decision").asText("");
    String kernel = flow.path("kernel").asText("");
    return kernel.isEmpty() || kernel.equals("none") ? decision : decision + " (" + kernel + ")";
  }

  private static String reason(JsonNode drops) {
    if (drops.isMissingNode()) {
      return "";
    }
    String by = drops.path("by").asText("");
    return drops.path("reason").asText() + (by.isEmpty() ? "" : ": " + by);
  }
}
