package dev.tiaki.netfilter.nftables.kernel;

/**
 * Somebody changed the ruleset.
 *
 * @param generation the number that the ruleset has since
 * @param process who it was: the process id, as seen from where the watch was opened
 * @param program its name, at most 15 octets; empty where the kernel does not tell
 */
public record RulesetChange(long generation, int process, String program) {}
