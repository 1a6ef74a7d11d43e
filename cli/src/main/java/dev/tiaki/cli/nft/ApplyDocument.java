package dev.tiaki.cli.nft;

import dev.tiaki.cli.option.HelpOption;
import dev.tiaki.netfilter.nftables.compare.RulesetContent;
import dev.tiaki.netfilter.nftables.compare.RulesetDifference;
import dev.tiaki.netfilter.nftables.json.NftReader;
import dev.tiaki.netfilter.nftables.json.NftWriter;
import dev.tiaki.netfilter.nftables.model.NftDocument;
import dev.tiaki.netfilter.nftables.transport.Applied;
import dev.tiaki.netfilter.nftables.transport.Nftables;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tiaki nft apply}. */
@Command(
    name = "apply",
    description = "Apply one document as a single transaction.",
    footer = {
      "",
      "When anything is refused, nothing is done; the error names the command, the place in the",
      "document, and what nft and the kernel said."
    })
final class ApplyDocument implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
  @Spec
  CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The document; - is standard input.")
  private String file = "-";

  @Option(
      names = {"-n", "--dry-run"},
      description = "Only try it: the kernel checks it, and nothing is done.")
  private boolean dryRun;

  @Option(
      names = "--difference",
      description = {
        "Apply only what must change so that the tables of the document become as it says;",
        "what stays keeps its handles and counters."
      })
  private boolean difference;

  @Option(names = "--json", description = "Print the commands with the handles they got.")
  private boolean json;

  @Mixin InstalledNft nft = new InstalledNft();

  @Mixin HelpOption help = new HelpOption();

  ApplyDocument() {}

  @Override
  public Integer call() throws IOException {
    try (Nftables nftables = nft.open()) {
      NftDocument document = DocumentFile.require(file, NftReader.strict(nftables.version()));
      NftDocument commands = difference ? change(document, nftables) : document;
      if (dryRun) {
        nftables.tryOut(commands);
        return say(commands, "would be done");
      }
      Applied applied = nftables.apply(commands);
      for (NftDocument listing : applied.listings()) {
        spec.commandLine().getOut().println(NftWriter.DEFAULT.toText(listing));
      }
      return say(applied.document(), "done");
    }
  }

  private static NftDocument change(NftDocument document, Nftables nftables) throws IOException {
    RulesetContent wanted = RulesetContent.of(document);
    return RulesetDifference.between(RulesetContent.of(nftables.ruleset()), wanted).commands();
  }

  private int say(NftDocument commands, String what) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        json
            ? NftWriter.DEFAULT.toText(commands)
            : commands.commands().count() + " commands " + what);
    out.flush();
    return 0;
  }
}
