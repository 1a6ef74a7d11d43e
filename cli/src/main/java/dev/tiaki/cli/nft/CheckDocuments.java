package dev.tiaki.cli.nft;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tiaki.cli.option.HelpOption;
import dev.tiaki.netfilter.nftables.check.NftProblem;
import dev.tiaki.netfilter.nftables.json.NftReader;
import dev.tiaki.netfilter.nftables.version.NftVersion;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tiaki nft check}: touches no kernel and needs no nft. */
@Command(
    name = "check",
    description = "Say whether a release of nftables takes documents with the meaning they state.",
    footer = {
      "",
      "Tables, chains and sets that a document refers to are not looked for.",
      "With --json each file gives one line: {\"file\",\"valid\",\"command\",\"pointer\",\"reason\"}."
    })
final class CheckDocuments implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();

  @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
  @Spec
  CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "The documents; - is standard input.")
  private List<String> files = List.of();

  @Option(
      names = "--nft-version",
      paramLabel = "V",
      converter = VersionConverter.class,
      description = "The release; default: the installed one, or 1.0.6 where there is none.")
  private @Nullable NftVersion version;

  @Option(names = "--json", description = "Print one JSON object a line.")
  private boolean json;

  @Mixin HelpOption help = new HelpOption();

  CheckDocuments() {}

  @Override
  public Integer call() throws IOException {
    NftReader reader = NftReader.strict(version == null ? InstalledNft.version() : version);
    PrintWriter out = spec.commandLine().getOut();
    boolean isAllValid = true;
    for (String file : files) {
      NftProblem problem = DocumentFile.problemOf(DocumentFile.read(file, reader));
      out.println(json ? line(file, problem) : file + ": " + (problem == null ? "valid" : problem));
      isAllValid &= problem == null;
    }
    out.flush();
    return isAllValid ? 0 : 1;
  }

  private static String line(String file, @Nullable NftProblem problem) throws IOException {
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put("file", file);
    line.put("valid", problem == null);
    line.put("command", problem == null || problem.command() < 0 ? null : problem.command());
    line.put("pointer", problem == null ? null : problem.pointer());
    line.put("reason", problem == null ? null : problem.reason());
    return JSON.writeValueAsString(line);
  }
}
