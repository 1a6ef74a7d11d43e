package dev.tiaki.netfilter.nftables.rule;

/** The families a table can be of. */
public enum NftFamily implements Word {
  /** IPv4. */
  IP("ip"),
  /** IPv6. */
  IP6("ip6"),
  /** IPv4 and IPv6. */
  INET("inet"),
  /** ARP. */
  ARP("arp"),
  /** Frames that a bridge carries. */
  BRIDGE("bridge"),
  /** Frames at a device. */
  NETDEV("netdev");

  private final String word;

  NftFamily(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }
}
