package dev.tiaki.netfilter.nftables.model;

import dev.tiaki.netfilter.nftables.rule.Word;

/** What a set is tuned for. */
public enum SetPolicy implements Word {
  /** Speed; the default. */
  PERFORMANCE("performance"),
  /** Space. */
  MEMORY("memory");

  private final String word;

  SetPolicy(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }
}
