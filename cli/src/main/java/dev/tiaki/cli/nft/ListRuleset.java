package dev.tiaki.cli.nft;

import dev.tiaki.cli.option.HelpOption;
import dev.tiaki.netfilter.nftables.compare.RulesetText;
import dev.tiaki.netfilter.nftables.json.NftWriter;
import dev.tiaki.netfilter.nftables.model.NftDocument;
import dev.tiaki.netfilter.nftables.rule.NftFamily;
import dev.tiaki.netfilter.nftables.rule.Word;
import dev.tiaki.netfilter.nftables.transport.Nftables;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tiaki nft list}. */
@Command(
    name = "list",
    description = "List the ruleset or one table.",
    footer = {
      "",
      "With --json the listing is a document that 'tiaki nft diff' compares and 'nft -j -f' takes."
    })
final class ListRuleset implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
  @Spec
  CommandSpec spec;

  @Parameters(
      paramLabel = "FAMILY TABLE",
      arity = "0..2",
      description = "One table, such as 'inet filter'; default: all.")
  private List<String> table = List.of();

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Mixin InstalledNft nft = new InstalledNft();

  @Mixin HelpOption help = new HelpOption();

  ListRuleset() {}

  @Override
  public Integer call() throws IOException {
    try (Nftables nftables = nft.open()) {
      NftDocument listed = list(nftables);
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        out.println(NftWriter.DEFAULT.toText(listed));
      } else {
        RulesetText.lines(listed).forEach(out::println);
      }
      out.flush();
      return 0;
    }
  }

  private NftDocument list(Nftables nftables) throws IOException {
    if (table.isEmpty()) {
      return nftables.ruleset();
    }
    NftFamily family = Word.find(NftFamily.class, table.getFirst());
    if (family == null || table.size() != 2) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "a table is told by family and name, such as 'inet filter'");
    }
    return nftables
        .table(family, table.get(1))
        .orElseThrow(
            () -> new IOException("there is no table " + table.getFirst() + " " + table.get(1)));
  }
}
