package dev.tiaki.cli.nft;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tiaki.netfilter.nftables.transport.KernelFeatures;
import dev.tiaki.netfilter.nftables.transport.NftProgram;
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
    description = "Say which nft is installed, and what the kernel can do with rules.",
    footer = {"", "The kernel is asked by dry runs: nothing is changed. This needs root."})
final class ShowFeatures implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
  @Spec
  CommandSpec spec;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Mixin InstalledNft nft = new InstalledNft();

  @Mixin HelpFlag help = new HelpFlag();

  ShowFeatures() {}

  @Override
  public Integer call() throws IOException {
    NftProgram program = NftProgram.find();
    Map<String, String> kernel = KernelFeatures.probe(program, nft.namespace());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("nft", program.path().toString());
      facts.put("version", program.version().toString());
      facts.put("kernel", kernel);
      out.println(new ObjectMapper().writeValueAsString(facts));
    } else {
      out.println(program.path() + ", " + program.banner());
      kernel.forEach((feature, answer) -> out.println("  %-22s %s".formatted(feature, answer)));
    }
    out.flush();
    return 0;
  }
}
