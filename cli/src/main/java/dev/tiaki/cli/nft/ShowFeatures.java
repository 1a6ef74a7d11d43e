package dev.tiaki.cli.nft;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tiaki.cli.option.HelpOption;
import dev.tiaki.netfilter.nftables.transport.KernelFeatures;
import dev.tiaki.netfilter.nftables.transport.NftProgram;
import dev.tiaki.netfilter.nftables.version.Feature;
import dev.tiaki.netfilter.nftables.version.NftVersion;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tiaki nft features}. */
@Command(
    name = "features",
    description =
        "Say which nft is installed, what it understands in documents, and what the kernel can do"
            + " with rules.",
    footer = {"", "The kernel is asked by dry runs: nothing is changed. This needs root."})
final class ShowFeatures implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
  @Spec
  CommandSpec spec;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Mixin InstalledNft nft = new InstalledNft();

  @Mixin HelpOption help = new HelpOption();

  ShowFeatures() {}

  @Override
  public Integer call() throws IOException {
    NftProgram program = NftProgram.find();
    Map<String, String> kernel = KernelFeatures.probe(program, nft.namespace());
    Map<String, String> documents = documents(program.version());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("nft", program.path().toString());
      facts.put("version", program.version().toString());
      facts.put("documents", documents);
      facts.put("kernel", kernel);
      out.println(new ObjectMapper().writeValueAsString(facts));
    } else {
      out.println(program.path() + ", " + program.banner());
      out.println("in documents, beside what 1.0.6 understands:");
      documents.forEach((feature, answer) -> out.println("  %-46s %s".formatted(feature, answer)));
      out.println("in the kernel:");
      kernel.forEach((feature, answer) -> out.println("  %-22s %s".formatted(feature, answer)));
    }
    out.flush();
    return 0;
  }

  /** What releases differ in, each with {@code yes} or the release that brings it. */
  private static Map<String, String> documents(NftVersion installed) {
    Map<String, String> answers = new LinkedHashMap<>();
    for (Feature feature : Feature.values()) {
      answers.put(
          feature.description(),
          feature.isIn(installed) ? "yes" : "no (since " + feature.since() + ")");
    }
    return answers;
  }
}
