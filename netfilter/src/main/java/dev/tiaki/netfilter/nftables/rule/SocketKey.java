package dev.tiaki.netfilter.nftables.rule;

/** Keys of the socket that a packet belongs to. */
public enum SocketKey implements Word {
  /** Whether it is transparent. */
  TRANSPARENT("transparent"),
  /** Its mark. */
  MARK("mark"),
  /** Whether it is bound to any address. */
  WILDCARD("wildcard"),
  /** Its control group; in listings only. */
  CGROUPV2("cgroupv2");

  private final String word;

  SocketKey(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }
}
