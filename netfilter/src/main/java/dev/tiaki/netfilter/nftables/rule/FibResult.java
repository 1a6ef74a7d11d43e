package dev.tiaki.netfilter.nftables.rule;

/** What is asked of the routing tables. */
public enum FibResult implements Word {
  /** The index of the outgoing device. */
  OIF("oif"),
  /** The name of the outgoing device. */
  OIFNAME("oifname"),
  /** The type of the address. */
  TYPE("type"),
  /** Whether there is a route. */
  CHECK("check");

  private final String word;

  FibResult(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }
}
