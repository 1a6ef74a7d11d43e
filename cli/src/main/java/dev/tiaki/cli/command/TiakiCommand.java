package dev.tiaki.cli.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tiaki} itself: it only leads to the commands. */
@Command(
    name = "tiaki",
    description = "Lua rules that see, edit, drop and reset TCP connections.",
    mixinStandardHelpOptions = false)
final class TiakiCommand implements Runnable {
  @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
  @Spec
  CommandSpec spec;

  @Mixin HelpOption help = new HelpOption();

  TiakiCommand() {}

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "which command? " + String.join(", ", spec.subcommands().keySet()));
  }
}
