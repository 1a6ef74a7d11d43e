package dev.tiaki.netfilter.nftables.rule;

/** How a packet is refused. */
public enum RejectType implements Word {
  /** A TCP segment with RST. */
  TCP_RESET("tcp reset"),
  /** An ICMP message. */
  ICMP("icmp"),
  /** An ICMPv6 message. */
  ICMPV6("icmpv6"),
  /** An ICMP or ICMPv6 message, by the family of the packet. */
  ICMPX("icmpx");

  private final String word;

  RejectType(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }
}
