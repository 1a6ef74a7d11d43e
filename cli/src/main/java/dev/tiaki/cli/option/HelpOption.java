package dev.tiaki.cli.option;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/** {@code --help}, everywhere: a mixin of annotated commands, {@link #addTo} for all others. */
public final class HelpOption {
  private static final String SHORT = "-h";
  private static final String LONG = "--help";
  private static final String WHAT = "Show this and exit.";

  @Option(
      names = {SHORT, LONG},
      usageHelp = true,
      description = WHAT)
  boolean help;

  /** Made by the parser of the command line. */
  public HelpOption() {}

  /** Adds it to a command that says its options in Java. */
  public static void addTo(CommandSpec command) {
    command.addOption(OptionSpec.builder(SHORT, LONG).usageHelp(true).description(WHAT).build());
  }
}
