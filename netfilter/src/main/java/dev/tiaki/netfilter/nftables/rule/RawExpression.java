package dev.tiaki.netfilter.nftables.rule;

/**
 * An expression of a newer schema, kept as it came. Only the lenient reader makes them.
 *
 * @param json the whole expression
 */
public record RawExpression(RawJson json) implements Expression {}
