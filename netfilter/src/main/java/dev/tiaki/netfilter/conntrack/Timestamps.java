package dev.tiaki.netfilter.conntrack;

/**
 * When a flow lived, in nanoseconds since the Unix epoch.
 *
 * @param startNanos its first packet
 * @param stopNanos its end, 0 while it lives
 */
public record Timestamps(long startNanos, long stopNanos) {}
