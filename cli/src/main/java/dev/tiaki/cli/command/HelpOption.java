package dev.tiaki.cli.command;

import picocli.CommandLine.Option;

/** {@code --help}, everywhere. */
final class HelpOption {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this and exit.")
  boolean help;

  HelpOption() {}
}
