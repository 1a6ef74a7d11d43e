package dev.tiaki.dissector.icmp;

/** Which ICMP: that of IPv4 or that of IPv6. */
public enum IcmpFamily {
  /** RFC 792. */
  ICMP(1, "icmp", false),
  /** RFC 4443. */
  ICMPV6(58, "icmpv6", true);

  private final int protocol;
  private final String protocolName;
  private final boolean pseudoHeader;

  IcmpFamily(int protocol, String protocolName, boolean pseudoHeader) {
    this.protocol = protocol;
    this.protocolName = protocolName;
    this.pseudoHeader = pseudoHeader;
  }

  /** Returns the protocol number. */
  public int protocol() {
    return protocol;
  }

  /** Returns the name that rules and logs use. */
  public String protocolName() {
    return protocolName;
  }

  /** Tells whether the checksum covers the IP addresses too. */
  boolean hasPseudoHeader() {
    return pseudoHeader;
  }
}
