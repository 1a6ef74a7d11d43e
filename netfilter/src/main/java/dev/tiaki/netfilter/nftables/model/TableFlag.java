package dev.tiaki.netfilter.nftables.model;

import dev.tiaki.netfilter.nftables.rule.Word;

/** Flags of a table. */
public enum TableFlag implements Word {
  /** The kernel does not use it. */
  DORMANT("dormant"),
  /** It belongs to the program that made it. */
  OWNER("owner"),
  /** It stays when its owner ends. */
  PERSIST("persist");

  private final String word;

  TableFlag(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }
}
