package dev.tiaki.netfilter.conntrack;

/**
 * What one processor counted since the namespace began.
 *
 * @param cpu the processor
 * @param found lookups that found an entry
 * @param invalid packets that could not be tracked
 * @param insert entries inserted
 * @param insertFailed insertions that failed
 * @param drop packets dropped because an insertion failed
 * @param earlyDrop entries evicted to make room
 * @param error ICMP packets that could not be tracked
 * @param searchRestart lookups begun again
 * @param clashResolve insertions that met the same entry and were merged
 * @param chainTooLong insertions refused because a chain was too long
 */
public record CpuStats(
    int cpu,
    long found,
    long invalid,
    long insert,
    long insertFailed,
    long drop,
    long earlyDrop,
    long error,
    long searchRestart,
    long clashResolve,
    long chainTooLong) {}
