package dev.tiaki.netfilter.conntrack;

/**
 * How the kernel shifts sequence numbers of one direction.
 *
 * @param position the sequence number where the last shift began
 * @param before what is added before it
 * @param after what is added behind it
 */
public record SequenceAdjustment(long position, int before, int after) {}
