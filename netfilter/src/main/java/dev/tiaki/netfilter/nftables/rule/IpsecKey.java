package dev.tiaki.netfilter.nftables.rule;

/** Keys of a security association. */
public enum IpsecKey implements Word {
  /** The request id. */
  REQID("reqid"),
  /** The security parameters index. */
  SPI("spi"),
  /** The source address. */
  SADDR("saddr"),
  /** The destination address. */
  DADDR("daddr");

  private final String word;

  IpsecKey(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }
}
