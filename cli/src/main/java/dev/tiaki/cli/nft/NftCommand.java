package dev.tiaki.cli.nft;

import dev.tiaki.cli.option.HelpOption;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tiaki nft}: the kernel's nftables rules as JSON documents. */
@Command(
    name = "nft",
    description = "Check, apply, list and compare rulesets of nftables in JSON.",
    subcommands = {
      CheckDocuments.class,
      ApplyDocument.class,
      ListRuleset.class,
      DiffRulesets.class,
      ShowFeatures.class
    },
    footer = {
      "",
      "A document is one JSON object {\"nftables\": [...]}, as 'nft -j list ruleset' prints it and",
      "'nft -j -f' takes it. It is applied as one transaction: all of it or nothing."
    })
public final class NftCommand implements Runnable {
  @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
  @Spec
  CommandSpec spec;

  @Mixin HelpOption help = new HelpOption();

  /** Makes the command, for picocli. */
  public NftCommand() {}

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "which command? " + String.join(", ", spec.subcommands().keySet()));
  }
}
