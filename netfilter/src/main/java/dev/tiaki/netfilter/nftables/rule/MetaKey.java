package dev.tiaki.netfilter.nftables.rule;

/** Keys of packet metadata. */
public enum MetaKey implements Word {
  /** Length of the packet in octets. */
  LENGTH("length"),
  /** EtherType. */
  PROTOCOL("protocol"),
  /** Family of the packet. */
  NFPROTO("nfproto"),
  /** Transport protocol. */
  L4PROTO("l4proto"),
  /** Traffic control class. */
  PRIORITY("priority"),
  /** Packet mark. */
  MARK("mark"),
  /** A random number. */
  RANDOM("random"),
  /** Index of the incoming device. */
  IIF("iif"),
  /** Name of the incoming device. */
  IIFNAME("iifname"),
  /** Type of the incoming device. */
  IIFTYPE("iiftype"),
  /** Group of the incoming device. */
  IIFGROUP("iifgroup"),
  /** Kind of the incoming device. */
  IIFKIND("iifkind"),
  /** Index of the outgoing device. */
  OIF("oif"),
  /** Name of the outgoing device. */
  OIFNAME("oifname"),
  /** Type of the outgoing device. */
  OIFTYPE("oiftype"),
  /** Group of the outgoing device. */
  OIFGROUP("oifgroup"),
  /** Kind of the outgoing device. */
  OIFKIND("oifkind"),
  /** User of the socket. */
  SKUID("skuid"),
  /** Group of the socket. */
  SKGID("skgid"),
  /** Whether the packet is traced. */
  NFTRACE("nftrace"),
  /** Routing realm. */
  RTCLASSID("rtclassid"),
  /** Security mark. */
  SECMARK("secmark"),
  /** Unicast, broadcast or multicast. */
  PKTTYPE("pkttype"),
  /** Processor that handles the packet. */
  CPU("cpu"),
  /** Control group of the socket. */
  CGROUP("cgroup"),
  /** Whether the packet was decrypted. */
  IPSEC("ipsec"),
  /** Time of day and date, as seconds since 1970. */
  TIME("time"),
  /** Day of the week. */
  DAY("day"),
  /** Time of day. */
  HOUR("hour"),
  /** Index of the device below a VRF. */
  SDIF("sdif"),
  /** Name of the device below a VRF. */
  SDIFNAME("sdifname"),
  /** Name of the incoming bridge. */
  IBRNAME("ibrname"),
  /** Name of the outgoing bridge. */
  OBRNAME("obrname"),
  /** VLAN of the incoming bridge port. */
  IBRPVID("ibrpvid"),
  /** VLAN protocol of the incoming bridge. */
  IBRVPROTO("ibrvproto"),
  /** Whether the bridge hands the frame up. */
  BROUTE("broute"),
  /** Link address of the incoming bridge. */
  IBRHWADDR("ibrhwaddr"),
  /** Old name of {@code ipsec}. */
  SECPATH("secpath"),
  /** Old name of {@code ibrname}. */
  IBRIPORT("ibriport"),
  /** Old name of {@code obrname}. */
  OBRIPORT("obriport");

  private final String word;

  MetaKey(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }
}
