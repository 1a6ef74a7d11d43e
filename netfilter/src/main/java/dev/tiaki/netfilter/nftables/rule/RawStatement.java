package dev.tiaki.netfilter.nftables.rule;

/**
 * A statement of a newer schema, kept as it came. Only the lenient reader makes them.
 *
 * @param json the whole statement
 */
public record RawStatement(RawJson json) implements Statement {}
