package dev.tiaki.cli.ctl;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import picocli.CommandLine.Command;

/** {@code tiaki ctl stop}. */
@Command(name = "stop", description = "Stop the engine as a signal does: nothing is left behind.")
final class StopCommand extends AskingCommand {
  StopCommand() {}

  @Override
  JsonNode ask(ControlClient client) throws IOException {
    return client.ask("POST", "/v1/stop", null);
  }

  @Override
  String text(JsonNode answer) {
    return "stopping\n";
  }
}
