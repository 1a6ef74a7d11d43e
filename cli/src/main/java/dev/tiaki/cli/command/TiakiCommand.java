package dev.tiaki.cli.command;

import dev.tiaki.cli.option.HelpOption;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** {@code tiaki} itself: it only leads to the commands. */
final class TiakiCommand implements Runnable {
  final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);

  TiakiCommand() {
    spec.name("tiaki");
    spec.usageMessage().description("Lua rules that see, edit, drop and reset TCP connections.");
    HelpOption.addTo(spec);
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "which command? " + String.join(", ", spec.subcommands().keySet()));
  }
}
