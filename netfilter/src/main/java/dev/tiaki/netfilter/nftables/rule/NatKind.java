package dev.tiaki.netfilter.nftables.rule;

/** Kinds of address translation. */
public enum NatKind implements Word {
  /** The source becomes a given address. */
  SNAT("snat"),
  /** The destination becomes a given address. */
  DNAT("dnat"),
  /** The source becomes an address of the outgoing device. */
  MASQUERADE("masquerade"),
  /** The destination becomes this host. */
  REDIRECT("redirect");

  private final String word;

  NatKind(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }
}
