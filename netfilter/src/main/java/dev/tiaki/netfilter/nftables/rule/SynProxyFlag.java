package dev.tiaki.netfilter.nftables.rule;

/** TCP options a SYN proxy offers. */
public enum SynProxyFlag implements Word {
  /** Timestamps. */
  TIMESTAMP("timestamp"),
  /** Selective acknowledgements. */
  SACK_PERM("sack-perm");

  private final String word;

  SynProxyFlag(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }
}
