package dev.tiaki.netfilter.nftables.model;

import dev.tiaki.netfilter.nftables.rule.Word;

/** What becomes of packets at the end of a base chain. */
public enum ChainPolicy implements Word {
  /** They pass. */
  ACCEPT("accept"),
  /** They are dropped. */
  DROP("drop");

  private final String word;

  ChainPolicy(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }
}
