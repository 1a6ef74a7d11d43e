package dev.tiaki.netfilter.nftables.rule;

/** Keys of routing data. */
public enum RouteKey implements Word {
  /** The realm. */
  CLASSID("classid"),
  /** The next hop. */
  NEXTHOP("nexthop"),
  /** The path MTU, as a TCP segment size. */
  MTU("mtu"),
  /** Whether the route transforms the packet. */
  IPSEC("ipsec");

  private final String word;

  RouteKey(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }
}
