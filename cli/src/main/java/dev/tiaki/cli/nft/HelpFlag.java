package dev.tiaki.cli.nft;

import picocli.CommandLine.Option;

/** {@code --help}. */
final class HelpFlag {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this and exit.")
  boolean help;

  HelpFlag() {}
}
