package dev.tiaki.cli.ctl;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tiaki ctl}: sees and steers a running engine. */
@Command(
    name = "ctl",
    description = "See and steer a running engine.",
    subcommands = {
      StatusCommand.class,
      StopCommand.class,
      ReloadCommand.class,
      RulesCommand.class,
      FlowsCommand.class,
      ConnectionsCommand.class,
      LogLevelCommand.class,
      LogsCommand.class,
      MetricsCommand.class
    })
public final class CtlCommand implements Runnable {
  @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
  @Spec
  CommandSpec spec;

  @Option(
      names = {"-s", "--socket"},
      paramLabel = "FILE",
      description = "The engine's control socket (default: /run/tiaki/control.sock).")
  @Nullable Path socket;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this and exit.")
  boolean help;

  /** Makes the command, for picocli. */
  public CtlCommand() {}

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "which command? " + String.join(", ", spec.subcommands().keySet()));
  }
}
