package dev.tiaki.cli.nft;

import dev.tiaki.cli.option.HelpOption;
import dev.tiaki.netfilter.nftables.compare.RulesetContent;
import dev.tiaki.netfilter.nftables.compare.RulesetDifference;
import dev.tiaki.netfilter.nftables.json.NftReader;
import dev.tiaki.netfilter.nftables.json.NftWriter;
import dev.tiaki.netfilter.nftables.model.NftDocument;
import dev.tiaki.netfilter.nftables.transport.Nftables;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tiaki nft diff}. */
@Command(
    name = "diff",
    description = "Compare the ruleset, or a document, with what a document says.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {"0:no difference", "1:a difference, or an error (then one line says so)"},
    footer = {
      "",
      "Lines with - are there and not wanted, lines with + are wanted and not there. Only tables",
      "that the wanted document names are compared, unless it begins with 'flush ruleset'.",
      "Counters, remaining times and the ways nftables writes one thing are no difference."
    })
final class DiffRulesets implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
  @Spec
  CommandSpec spec;

  @Parameters(index = "0", paramLabel = "WANTED", description = "What should be.")
  private String wanted = "-";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "PRESENT",
      description = "What is: a listing; default: the kernel's ruleset.")
  private @Nullable String present;

  @Option(names = "--json", description = "Print the commands that would make them equal.")
  private boolean json;

  @Mixin InstalledNft nft = new InstalledNft();

  @Mixin HelpOption help = new HelpOption();

  DiffRulesets() {}

  @Override
  public Integer call() throws IOException {
    RulesetContent expected = RulesetContent.of(DocumentFile.require(wanted, NftReader.lenient()));
    RulesetDifference difference =
        RulesetDifference.between(RulesetContent.of(present()), expected);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(NftWriter.DEFAULT.toText(difference.commands()));
    } else {
      difference.lines().forEach(out::println);
    }
    out.flush();
    return difference.isEmpty() ? 0 : 1;
  }

  private NftDocument present() throws IOException {
    if (present != null) {
      return DocumentFile.require(present, NftReader.lenient());
    }
    try (Nftables nftables = nft.open()) {
      return nftables.ruleset();
    }
  }
}
