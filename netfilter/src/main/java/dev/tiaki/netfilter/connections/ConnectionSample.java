package dev.tiaki.netfilter.connections;

/**
 * How many connections there were at a time.
 *
 * @param epochSecond when, seconds since the Unix epoch
 * @param count how many
 */
public record ConnectionSample(long epochSecond, long count) {}
