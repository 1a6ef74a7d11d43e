package dev.tiaki.netfilter.nftables;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiaki.netfilter.nftables.json.NftReader;
import dev.tiaki.netfilter.nftables.json.ReadResult;
import dev.tiaki.netfilter.nftables.version.NftVersion;
import dev.tiaki.traffic.shared.SharedMaterial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Documents that were tried with nft 1.0.6 one by one, many of them traps. */
class ProbeVerdictTest {
  private static final NftReader READER = NftReader.strict(NftVersion.V1_0_6);

  @Test
  void what_ends_nft_is_refused_before() throws IOException {
    List<String> taken = new ArrayList<>();
    for (JsonNode probe : probes()) {
      if (probe.path("rc").asInt() < 0 && problem(probe).isEmpty()) {
        taken.add(probe.path("label").asText() + " " + probe.path("input"));
      }
    }

    assertThat(taken).isEmpty();
  }

  /** What nft looked up in the kernel or the machine, which the reader does not do. */
  private static final Set<String> LOOKED_UP = Set.of("dup range add again", "iif missing dev");

  @Test
  void what_nft_itself_refuses_is_refused() throws IOException {
    List<String> taken = new ArrayList<>();
    for (JsonNode probe : probes()) {
      String error = probe.path("stderr").asText();
      boolean isRefused =
          probe.path("rc").asInt() > 0
              && !LOOKED_UP.contains(probe.path("label").asText())
              && !error.contains("No such file")
              && !error.contains("Could not process rule");
      if (isRefused && problem(probe).isEmpty()) {
        taken.add(probe.path("label").asText() + " " + probe.path("input") + " | " + error);
      }
    }

    assertThat(taken).isEmpty();
  }

  private static String problem(JsonNode probe) {
    JsonNode input = probe.path("input");
    String text = input.isTextual() ? input.textValue() : input.toString();
    return switch (READER.read(text)) {
      case ReadResult.Read _ -> "";
      case ReadResult.Refused(var problem) -> problem.toString();
    };
  }

  private static List<JsonNode> probes() throws IOException {
    Path folder = SharedMaterial.orSkip("nft-corpus/probes");
    List<JsonNode> probes = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        Corpus.JSON.readTree(Files.readAllBytes(file)).path("probes").forEach(probes::add);
      }
    }
    probes.removeIf(probe -> !probe.hasNonNull("input"));
    return probes;
  }
}
