package dev.tiaki.netfilter.nftables.rule;

/** Where the offset of raw payload counts from. */
public enum PayloadBase implements Word {
  /** The link layer header. */
  LL("ll"),
  /** The network layer header. */
  NH("nh"),
  /** The transport layer header. */
  TH("th"),
  /** The data behind the transport layer header. */
  IH("ih");

  private final String word;

  PayloadBase(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }
}
