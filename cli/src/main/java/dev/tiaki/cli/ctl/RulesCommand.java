package dev.tiaki.cli.ctl;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code tiaki ctl rules}. */
@Command(name = "rules", description = "Show the rules and what they did, or turn one off and on.")
final class RulesCommand extends WatchingCommand {
  @Option(names = "--disable", paramLabel = "ID", description = "Turn this rule off.")
  @Nullable Integer disable;

  @Option(names = "--enable", paramLabel = "ID", description = "Turn this rule on again.")
  @Nullable Integer enable;

  RulesCommand() {}

  @Override
  JsonNode ask(ControlClient client) throws IOException {
    if (disable != null && enable != null) {
      throw new ParameterException(spec.commandLine(), "--disable and --enable: one of them");
    }
    Integer changed = disable != null ? disable : enable;
    if (changed != null) {
      client.ask("POST", "/v1/rules/" + changed, Map.of("enabled", disable == null));
    }
    return client.ask("GET", "/v1/rules", null);
  }

  @Override
  String text(JsonNode answer) {
    TextTable table =
        new TextTable("id", "hits", "errors", "seconds", "on", "name", "event", "place");
    for (JsonNode rule : answer.path("rules")) {
      table.row(
          rule.path("id").asLong(),
          rule.path("hits").asLong(),
          rule.path("errors").asLong(),
          String.format(Locale.ROOT, "%.3f", rule.path("seconds").asDouble()),
          rule.path("enabled").asBoolean() ? "yes" : "no",
          rule.path("name").asText("<no name>"),
          rule.path("event").asText(),
          rule.path("location").asText("?"));
    }
    return table.isEmpty() ? "no rules\n" : table.toString();
  }
}
