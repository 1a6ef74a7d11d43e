package dev.tiaki.netfilter.nftables.rule;

/**
 * A part of a document that this model does not know, kept as it came.
 *
 * @param text one JSON value, without white space between its tokens
 */
public record RawJson(String text) {}
