package dev.tiaki.cli.ctl;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tiaki ctl loglevel}. */
@Command(name = "loglevel", description = "Show which log lines are written, or change that.")
final class LogLevelCommand extends AskingCommand {
  @Parameters(
      arity = "0..1",
      paramLabel = "[SECTION=]LEVEL[,…]",
      description = "fatal, error, warn, info, debug, trace; default forgets a section's own.")
  @Nullable String level;

  LogLevelCommand() {}

  @Override
  JsonNode ask(ControlClient client) throws IOException {
    return level == null
        ? client.ask("GET", "/v1/loglevel", null)
        : client.ask("PUT", "/v1/loglevel", Map.of("level", level));
  }

  @Override
  String text(JsonNode answer) {
    StringBuilder text = new StringBuilder(answer.path("level").asText()).append('\n');
    answer
        .path("sections")
        .properties()
        .forEach(section ->
            text.append(section.getKey())
                .append('=')
                .append(section.getValue().asText())
                .append('\n'));
    return text.toString();
  }
}
