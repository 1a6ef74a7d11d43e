package dev.tiaki.cli.conntrack;

import dev.tiaki.cli.option.HelpOption;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tiaki conntrack}: the kernel's connection tracking table, for people. */
@Command(
    name = "conntrack",
    description = "List, watch, make, change and delete the kernel's connections.",
    subcommands = {
      ListFlows.class,
      GetFlow.class,
      DeleteFlows.class,
      FlushFlows.class,
      CreateFlow.class,
      UpdateFlows.class,
      WatchEvents.class,
      ShowStats.class,
      CountFlows.class,
      LoadFlows.class
    },
    footer = {
      "",
      "Deleting a TCP entry does not stop the connection: its next packet is tracked anew.",
      "An empty table is normal until a rule asks for connections ('ct', NAT)."
    })
public final class ConntrackCommand implements Runnable {
  @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
  @Spec
  CommandSpec spec;

  @Mixin HelpOption help = new HelpOption();

  /** Makes the command, for picocli. */
  public ConntrackCommand() {}

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "which command? " + String.join(", ", spec.subcommands().keySet()));
  }
}
