package dev.tiaki.cli.ctl;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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

  @Mixin CtlOptions options = new CtlOptions();

  /** Makes the command, for picocli. */
  public CtlCommand() {}

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "which command? " + String.join(", ", spec.subcommands().keySet()));
  }
}
