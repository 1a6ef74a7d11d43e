package dev.tiaki.netfilter.nftables.rule;

/** What a log line tells in addition. */
public enum LogFlag implements Word {
  /** TCP sequence numbers. */
  TCP_SEQUENCE("tcp sequence"),
  /** TCP options. */
  TCP_OPTIONS("tcp options"),
  /** IP options. */
  IP_OPTIONS("ip options"),
  /** The user of the socket. */
  SKUID("skuid"),
  /** The link layer header. */
  ETHER("ether"),
  /** All of them. */
  ALL("all");

  private final String word;

  LogFlag(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }
}
