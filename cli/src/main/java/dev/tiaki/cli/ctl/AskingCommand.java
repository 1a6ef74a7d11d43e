package dev.tiaki.cli.ctl;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that asks once and shows the answer. */
abstract class AskingCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
  @Spec
  CommandSpec spec;

  @Mixin CtlOptions options = new CtlOptions();

  @Option(names = "--json", description = "Print the answer as it came.")
  boolean json;

  /** Asks. */
  abstract JsonNode ask(ControlClient client) throws IOException;

  /** Returns the answer as people read it, with its line ends. */
  abstract String text(JsonNode answer);

  /** Returns what is shown of a fresh answer. */
  final String shown(ControlClient client) throws IOException {
    JsonNode answer = ask(client);
    return json ? answer + "\n" : text(answer);
  }

  @Override
  public Integer call() throws IOException {
    show(shown(options.client()));
    return 0;
  }

  final void show(String text) {
    PrintWriter out = spec.commandLine().getOut();
    out.print(text);
    out.flush();
  }
}
