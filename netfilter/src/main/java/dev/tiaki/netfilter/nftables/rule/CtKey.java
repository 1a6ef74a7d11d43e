package dev.tiaki.netfilter.nftables.rule;

/** Keys of connection tracking. */
public enum CtKey implements Word {
  /** State of the connection for this packet. */
  STATE("state"),
  /** Direction of this packet. */
  DIRECTION("direction"),
  /** Status bits. */
  STATUS("status"),
  /** Mark of the connection. */
  MARK("mark"),
  /** Time until the entry ends. */
  EXPIRATION("expiration"),
  /** Name of the helper. */
  HELPER("helper"),
  /** Labels. */
  LABEL("label"),
  /** Identifier of the entry. */
  ID("id"),
  /** Network protocol. */
  L3PROTO("l3proto"),
  /** Transport protocol. */
  PROTOCOL("protocol"),
  /** Octets counted. */
  BYTES("bytes"),
  /** Packets counted. */
  PACKETS("packets"),
  /** Octets per packet. */
  AVGPKT("avgpkt"),
  /** Zone. */
  ZONE("zone"),
  /** IPv4 source address. */
  IP_SADDR("ip saddr"),
  /** IPv4 destination address. */
  IP_DADDR("ip daddr"),
  /** IPv6 source address. */
  IP6_SADDR("ip6 saddr"),
  /** IPv6 destination address. */
  IP6_DADDR("ip6 daddr"),
  /** Source address, of the family known from an earlier match. */
  SADDR("saddr"),
  /** Destination address, of the family known from an earlier match. */
  DADDR("daddr"),
  /** Source port. */
  PROTO_SRC("proto-src"),
  /** Destination port. */
  PROTO_DST("proto-dst"),
  /** Events that are told. */
  EVENT("event"),
  /** Security mark. */
  SECMARK("secmark"),
  /** Connections of a set element; for statements only. */
  COUNT("count");

  private final String word;

  CtKey(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }
}
