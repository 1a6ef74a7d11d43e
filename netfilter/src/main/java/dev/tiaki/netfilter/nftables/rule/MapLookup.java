package dev.tiaki.netfilter.nftables.rule;

/**
 * What a map holds for a key.
 *
 * @param key what is looked up
 * @param data an {@link Composite.AnonymousSet} of pairs, or a {@link Value.SetReference}
 */
public record MapLookup(Expression key, Expression data) implements Expression {}
