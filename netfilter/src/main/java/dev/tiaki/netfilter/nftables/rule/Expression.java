package dev.tiaki.netfilter.nftables.rule;

/** A value, a place in the packet or its surroundings, or something made of them. */
public sealed interface Expression
    permits Value, Composite, Selector, BinaryOperation, MapLookup, Verdict, RawExpression {}
