package dev.tiaki.cli.option;

import picocli.CommandLine.Option;

/** {@code --help}, everywhere. */
public final class HelpOption {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this and exit.")
  boolean help;

  /** Made by the parser of the command line. */
  public HelpOption() {}
}
