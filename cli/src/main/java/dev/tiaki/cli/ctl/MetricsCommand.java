package dev.tiaki.cli.ctl;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tiaki ctl metrics}. */
@Command(name = "metrics", description = "Print what Prometheus scrapes.")
final class MetricsCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
  @Spec
  CommandSpec spec;

  @Mixin CtlOptions options = new CtlOptions();

  MetricsCommand() {}

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    out.print(options.client().text("GET", "/metrics", null));
    out.flush();
    return 0;
  }
}
