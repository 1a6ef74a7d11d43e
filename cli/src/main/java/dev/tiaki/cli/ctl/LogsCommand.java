package dev.tiaki.cli.ctl;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tiaki ctl logs}. */
@Command(
    name = "logs",
    description = "Show log lines, alerts and ends of flows as they happen, until ^C.")
final class LogsCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
  @Spec
  CommandSpec spec;

  @Mixin CtlOptions options = new CtlOptions();

  @Option(
      names = "--types",
      paramLabel = "TYPE[,…]",
      description = "alert, flow, log (default: alert,log).")
  String types = "alert,log";

  @Option(
      names = "--level",
      paramLabel = "LEVEL",
      description = "The least serious log lines to show.")
  @Nullable String level;

  @Option(names = "--json", description = "Print the events as they come, one JSON object a line.")
  boolean json;

  LogsCommand() {}

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    EventText text = new EventText();
    String path = "/v1/events?types=" + types + (level == null ? "" : "&level=" + level);
    options
        .client()
        .follow(
            path,
            line -> {
              out.print(json ? line + "\n" : text.of(line));
              out.flush();
            });
    return 0;
  }
}
