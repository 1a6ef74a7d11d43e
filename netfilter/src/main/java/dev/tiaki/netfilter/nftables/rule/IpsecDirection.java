package dev.tiaki.netfilter.nftables.rule;

/** Which way a packet is transformed. */
public enum IpsecDirection implements Word {
  /** Decrypted. */
  IN("in"),
  /** Encrypted. */
  OUT("out");

  private final String word;

  IpsecDirection(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }
}
