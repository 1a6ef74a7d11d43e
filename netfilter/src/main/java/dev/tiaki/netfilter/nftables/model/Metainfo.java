package dev.tiaki.netfilter.nftables.model;

import org.jspecify.annotations.Nullable;

/**
 * Who wrote a document.
 *
 * @param version of nftables, or null
 * @param releaseName or null
 * @param schemaVersion of the JSON schema, or null; 1 is the only one there is
 * @param extras unknown properties
 */
public record Metainfo(
    @Nullable String version,
    @Nullable String releaseName,
    @Nullable Integer schemaVersion,
    Extras extras)
    implements NftItem {}
