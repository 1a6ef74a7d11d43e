package dev.tiaki.netfilter.nftables.check;

import dev.tiaki.netfilter.nftables.model.BaseChain;
import dev.tiaki.netfilter.nftables.rule.NftFamily;
import dev.tiaki.netfilter.nftables.version.Feature;
import dev.tiaki.netfilter.nftables.version.NftVersion;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a rule stands.
 *
 * @param version which release reads it
 * @param family of its table
 * @param base of its chain, when the document has it and it is a base chain, else null
 * @param sets types of the keys of the sets that the document holds, by name
 * @param layers the protocols it speaks of so far
 */
record Scope(
    NftVersion version,
    NftFamily family,
    @Nullable BaseChain base,
    Map<String, Typed> sets,
    Layers layers) {
  static Scope of(
      NftVersion version, NftFamily family, @Nullable BaseChain base, Map<String, Typed> sets) {
    return new Scope(version, family, base, sets, new Layers(family));
  }

  /** Refuses what the release does not understand. */
  void need(Feature feature, Pointer at) {
    need(version, feature, at);
  }

  static void need(NftVersion version, Feature feature, Pointer at) {
    if (!feature.isIn(version)) {
      throw new Refusal(
          at,
          "nftables %s does not understand %s; %s does"
              .formatted(version, feature.description(), feature.since()));
    }
  }
}
