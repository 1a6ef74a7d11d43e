package dev.tiaki.netfilter.nftables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.netfilter.nftables.json.NftReader;
import dev.tiaki.netfilter.nftables.json.ReadResult;
import dev.tiaki.netfilter.nftables.version.NftVersion;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What nft 1.0.6 said of each document, and what the strict reader says. They differ where the
 * kernel of the trial lacked something, which is no matter of the document, and where nft takes a
 * document but loses a part of what it states.
 */
class CorpusVerdictTest {
  private static final NftReader READER = NftReader.strict(NftVersion.V1_0_6);
  private static final String KERNEL = "the kernel of the trial refused it";
  private static final String LOST = "nft takes it and loses a part of it";

  /** Rulesets where the verdicts differ, and why. */
  private static final Map<String, String> RULESETS =
      Map.ofEntries(
          Map.entry("json__0005secmark_objref_0.json", KERNEL),
          Map.entry("json__single_flag.json", KERNEL),
          Map.entry("chains__netdev_chain_dormant_autoremove.json", LOST),
          Map.entry("maps__0009vmap_0.json", LOST),
          Map.entry("maps__0011vmap_0.json", LOST),
          Map.entry("maps__0013map_0.json", LOST),
          Map.entry("nft-f__0017ct_timeout_obj_0.json", LOST),
          Map.entry("optimizations__merge_counter.json", LOST),
          Map.entry("optimizations__single_anon_set_expr.json", LOST),
          Map.entry("optionals__comments_chain_0.json", LOST),
          Map.entry("optionals__comments_table_0.json", LOST),
          Map.entry("sets__0049set_define_0.json", LOST),
          Map.entry("sets__0052overlap_0.json", LOST),
          Map.entry("sets__0063set_catchall_0.json", LOST),
          Map.entry("sets__0069interval_merge_0.json", LOST));

  @Test
  void rules_are_taken_and_refused_as_nft_takes_and_refuses_them() {
    List<Corpus.Case> cases = Corpus.rules();

    Map<String, String> differences = differences(cases);

    // Queueing is not built into the kernel of the trial; dnat.t#016 is refused with EINVAL by it.
    assertThat(differences.values()).containsOnly(KERNEL);
    assertThat(differences.keySet())
        .allMatch(id -> id.startsWith("any/queue.t#") || id.startsWith("ip/dnat.t#016"));
    assertThat(cases).hasSizeGreaterThan(3200);
    assertThat(differences).hasSizeLessThanOrEqualTo(19 * 4);
  }

  @Test
  void rulesets_are_taken_and_refused_as_nft_takes_and_refuses_them() {
    Map<String, String> differences = differences(Corpus.rulesets());

    assertThat(differences).isEqualTo(new TreeMap<>(RULESETS));
  }

  private static Map<String, String> differences(List<Corpus.Case> cases) {
    return cases.stream()
        .filter(tried -> verdict(tried).isEmpty() != (tried.isAccepted() && !tried.isMisread()))
        .collect(
            Collectors.toMap(
                Corpus.Case::id, CorpusVerdictTest::reason, (one, _) -> one, TreeMap::new));
  }

  private static String reason(Corpus.Case tried) {
    String verdict = verdict(tried);
    if (verdict.isEmpty() && tried.reason().contains("Could not process rule")) {
      return KERNEL;
    }
    return tried.isAccepted() && verdict.contains("does not understand")
        ? LOST
        : tried.reason() + " | " + verdict + " | " + tried.document();
  }

  private static String verdict(Corpus.Case tried) {
    return switch (READER.read(tried.document().toString())) {
      case ReadResult.Read _ -> "";
      case ReadResult.Refused(var problem) -> problem.toString();
    };
  }
}
