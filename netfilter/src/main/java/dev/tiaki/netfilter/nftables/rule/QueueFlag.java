package dev.tiaki.netfilter.nftables.rule;

/** Options of a queue. */
public enum QueueFlag implements Word {
  /** Accept when no program listens. */
  BYPASS("bypass"),
  /** Choose the queue by processor. */
  FANOUT("fanout");

  private final String word;

  QueueFlag(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }
}
