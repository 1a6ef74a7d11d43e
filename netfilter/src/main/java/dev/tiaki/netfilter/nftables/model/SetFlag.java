package dev.tiaki.netfilter.nftables.model;

import dev.tiaki.netfilter.nftables.rule.Word;

/** Flags of a set. */
public enum SetFlag implements Word {
  /** Cannot be changed. */
  CONSTANT("constant"),
  /** Holds intervals. */
  INTERVAL("interval"),
  /** Elements end by themselves. */
  TIMEOUT("timeout"),
  /** Rules add elements. */
  DYNAMIC("dynamic");

  private final String word;

  SetFlag(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }
}
