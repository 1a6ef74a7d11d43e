package dev.tiaki.netfilter.nftables.rule;

/** How the TTL of a fingerprint is compared. */
public enum FingerprintTtl implements Word {
  /** Less or equal. */
  LOOSE("loose"),
  /** Not at all. */
  SKIP("skip");

  private final String word;

  FingerprintTtl(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }
}
