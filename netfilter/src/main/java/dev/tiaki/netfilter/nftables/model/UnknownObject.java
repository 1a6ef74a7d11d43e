package dev.tiaki.netfilter.nftables.model;

import dev.tiaki.netfilter.nftables.rule.NftFamily;
import dev.tiaki.netfilter.nftables.rule.RawJson;
import org.jspecify.annotations.Nullable;

/**
 * An object of a known kind that this model cannot read wholly, kept as it came. Only the lenient
 * reader makes them.
 *
 * @param kind what kind of thing it is
 * @param family of the table
 * @param table the table's name
 * @param name or null
 * @param handle or null
 * @param json its properties
 */
public record UnknownObject(
    ObjectKind kind,
    NftFamily family,
    String table,
    @Nullable String name,
    @Nullable Long handle,
    RawJson json)
    implements NftObject {}
