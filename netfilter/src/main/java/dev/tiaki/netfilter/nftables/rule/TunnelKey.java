package dev.tiaki.netfilter.nftables.rule;

/** Keys of tunnel metadata. */
public enum TunnelKey implements Word {
  /** Whether there is any. */
  PATH("path"),
  /** The tunnel id. */
  ID("id");

  private final String word;

  TunnelKey(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }
}
