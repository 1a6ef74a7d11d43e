package dev.tiaki.netfilter.nftables.rule;

/** How addresses and ports are chosen. */
public enum NatFlag implements Word {
  /** Ports at random, by a hash. */
  RANDOM("random"),
  /** Ports at random, by a generator. */
  FULLY_RANDOM("fully-random"),
  /** The same address for each connection of a client. */
  PERSISTENT("persistent"),
  /** Prefix to prefix, host bits kept. */
  NETMAP("netmap");

  private final String word;

  NatFlag(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }
}
