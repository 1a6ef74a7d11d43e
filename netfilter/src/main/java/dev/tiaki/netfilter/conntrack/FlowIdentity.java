package dev.tiaki.netfilter.conntrack;

/**
 * What an entry is told by: the kernel's id differs for an entry that was made anew with the same
 * tuple.
 *
 * @param id the kernel's id
 * @param original the direction of the first packet
 * @param zone the zone of both directions
 */
public record FlowIdentity(long id, Tuple original, int zone) {}
