package dev.tiaki.netfilter.nftables.rule;

/** What the address of a translation stands for. */
public enum NatTypeFlag implements Word {
  /** An interval of addresses from a map. */
  INTERVAL("interval"),
  /** A prefix. */
  PREFIX("prefix"),
  /** Address and port from a map. */
  CONCAT("concat");

  private final String word;

  NatTypeFlag(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }
}
