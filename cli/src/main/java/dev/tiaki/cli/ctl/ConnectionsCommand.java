package dev.tiaki.cli.ctl;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import picocli.CommandLine.Command;

/** {@code tiaki ctl connections}. */
@Command(
    name = "connections",
    description = {
      "Show the kernel's connections, as the engine sees them: the JSON of",
      "'tiaki connections read' with action conntrack."
    })
final class ConnectionsCommand extends WatchingCommand {
  ConnectionsCommand() {}

  @Override
  JsonNode ask(ControlClient client) throws IOException {
    return client.ask("GET", "/v1/connections", null);
  }

  @Override
  String text(JsonNode answer) {
    return answer.toPrettyString() + "\n";
  }
}
