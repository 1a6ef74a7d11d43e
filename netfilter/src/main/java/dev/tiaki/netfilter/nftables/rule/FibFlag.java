package dev.tiaki.netfilter.nftables.rule;

/** What is looked up in the routing tables, and with which constraints. */
public enum FibFlag implements Word {
  /** The source address. */
  SADDR("saddr"),
  /** The destination address. */
  DADDR("daddr"),
  /** With the mark. */
  MARK("mark"),
  /** By the incoming device. */
  IIF("iif"),
  /** By the outgoing device. */
  OIF("oif");

  private final String word;

  FibFlag(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }
}
