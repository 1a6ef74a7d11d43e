package dev.tiaki.netfilter.nftables.rule;

/** Directions of a tracked connection. */
public enum FlowDirection implements Word {
  /** From the one who began it. */
  ORIGINAL("original"),
  /** To the one who began it. */
  REPLY("reply");

  private final String word;

  FlowDirection(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }
}
