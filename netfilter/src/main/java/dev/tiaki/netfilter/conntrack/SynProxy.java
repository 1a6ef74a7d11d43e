package dev.tiaki.netfilter.conntrack;

/**
 * What the SYN proxy keeps of a flow.
 *
 * @param initialSequence its initial sequence number
 * @param initialTimestamp its initial TCP timestamp
 * @param timestampOffset what is added to timestamps
 */
public record SynProxy(long initialSequence, long initialTimestamp, long timestampOffset) {}
