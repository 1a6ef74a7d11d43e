package dev.tiaki.netfilter.nftables.rule;

/** One step of a rule: a condition or something done with the packet. */
public sealed interface Statement permits Verdict, Condition, State, Action, RawStatement {}
