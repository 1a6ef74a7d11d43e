package dev.tiaki.netfilter.nftables.rule;

/** What an operating system is told by. */
public enum FingerprintKey implements Word {
  /** Its name. */
  NAME("name"),
  /** Name and version. */
  VERSION("version");

  private final String word;

  FingerprintKey(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }
}
