package dev.tiaki.cli.ctl;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import picocli.CommandLine.Command;

/** {@code tiaki ctl reload}. */
@Command(
    name = "reload",
    description = "Read the rule files anew; when one is broken the old rules go on.")
final class ReloadCommand extends AskingCommand {
  ReloadCommand() {}

  @Override
  JsonNode ask(ControlClient client) throws IOException {
    return client.ask("POST", "/v1/reload", null);
  }

  @Override
  String text(JsonNode answer) {
    return "reloaded, " + answer.path("rules").asLong() + " rules\n";
  }
}
