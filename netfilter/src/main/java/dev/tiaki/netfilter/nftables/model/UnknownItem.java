package dev.tiaki.netfilter.nftables.model;

import dev.tiaki.netfilter.nftables.rule.RawJson;

/**
 * An item of a newer schema, kept as it came. Only the lenient reader makes them.
 *
 * @param json the whole item
 */
public record UnknownItem(RawJson json) implements NftItem {}
