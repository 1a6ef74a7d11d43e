package dev.tiaki.netfilter.conntrack;

/**
 * How full the table is.
 *
 * @param entries how many entries there are
 * @param maxEntries how many may be; 0 when the kernel did not say
 */
public record TableStats(long entries, long maxEntries) {}
