package dev.tiaki.netfilter.conntrack;

/**
 * What went in one direction.
 *
 * @param packets how many packets, unsigned
 * @param bytes how many octets from the IP header on, unsigned
 */
public record Counters(long packets, long bytes) {}
