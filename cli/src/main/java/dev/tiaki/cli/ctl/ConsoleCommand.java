package dev.tiaki.cli.ctl;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tiaki console}: Lua, typed into a running engine. */
@Command(
    name = "console",
    description = "Type Lua into a running engine.",
    footer = {
      "",
      "A statement runs on a worker between two packets, within the budget of a rule: one that",
      "never ends is stopped. ^D or 'return' ends the console."
    })
public final class ConsoleCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
  @Spec
  CommandSpec spec;

  @Mixin CtlOptions options = new CtlOptions();

  @Option(
      names = "--worker",
      paramLabel = "N|all",
      description = "Which worker runs what is typed (default: all).")
  String worker = "all";

  @Option(
      names = {"-e", "--execute"},
      paramLabel = "LUA",
      description = "Run this, print what it shows, and exit.")
  @Nullable String statement;

  /** Makes the command, for picocli. */
  public ConsoleCommand() {}

  @Override
  public Integer call() throws IOException {
    if (!worker.equals("all") && !worker.matches("\\d{1,4}")) {
      throw new ParameterException(
          spec.commandLine(), "--worker: '" + worker + "' is neither all nor a number");
    }
    ControlClient client = options.client();
    return statement == null ? new ConsoleTerminal(client, worker).run() : execute(client);
  }

  private int execute(ControlClient client) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    try (RemoteSession session = RemoteSession.open(client, worker)) {
      RemoteSession.Reply reply = session.enter(String.valueOf(statement));
      boolean whole = !reply.state().equals("incomplete");
      boolean failed = reply.failed() || !whole;
      PrintWriter to = failed ? spec.commandLine().getErr() : out;
      to.print(whole ? reply.text() : "the statement is not complete\n");
      to.flush();
      return failed ? 1 : 0;
    }
  }
}
