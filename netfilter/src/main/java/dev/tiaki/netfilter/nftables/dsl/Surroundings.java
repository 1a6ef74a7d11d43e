package dev.tiaki.netfilter.nftables.dsl;

import dev.tiaki.netfilter.nftables.rule.CtKey;
import dev.tiaki.netfilter.nftables.rule.FlowDirection;
import dev.tiaki.netfilter.nftables.rule.MetaKey;
import dev.tiaki.netfilter.nftables.rule.NftFamily;
import dev.tiaki.netfilter.nftables.rule.Selector;

/** What is around a packet: its metadata and its connection. */
public final class Surroundings {
  private Surroundings() {}

  /** Metadata. */
  public static final class Meta {
    Meta() {}

    private static Term<Long> number(MetaKey key) {
      return new Term<>(new Selector.Meta(key), Values::number);
    }

    private static Term<String> symbol(MetaKey key) {
      return new Term<>(new Selector.Meta(key), Values::text);
    }

    /** Returns the mark. */
    public Term<Long> mark() {
      return number(MetaKey.MARK);
    }

    /** Returns the length in octets. */
    public Term<Long> length() {
      return number(MetaKey.LENGTH);
    }

    /** Returns the name of the incoming device. */
    public Term<String> iifname() {
      return symbol(MetaKey.IIFNAME);
    }

    /** Returns the name of the outgoing device. */
    public Term<String> oifname() {
      return symbol(MetaKey.OIFNAME);
    }

    /** Returns the transport protocol, by name. */
    public Term<String> l4proto() {
      return symbol(MetaKey.L4PROTO);
    }

    /** Returns the family of the packet. */
    public Term<NftFamily> nfproto() {
      return new Term<>(
          new Selector.Meta(MetaKey.NFPROTO),
          family ->
              Values.text(
                  switch (family) {
                    case IP -> "ipv4";
                    case IP6 -> "ipv6";
                    case INET, ARP, BRIDGE, NETDEV ->
                        throw new IllegalArgumentException("family=" + family);
                  }));
    }

    /** Returns the number of the user whose socket it is. */
    public Term<Long> skuid() {
      return number(MetaKey.SKUID);
    }

    /** Returns whether the packet is to this host, to all, to a group. */
    public Term<String> pkttype() {
      return symbol(MetaKey.PKTTYPE);
    }

    /** Returns any other number. */
    public Term<Long> key(MetaKey key) {
      return number(key);
    }
  }

  /** The connection. */
  public static final class Ct {
    Ct() {}

    private static Term<Long> number(CtKey key) {
      return new Term<>(new Selector.Ct(key, null), Values::number);
    }

    /** Returns the state. */
    public FlagTerm<ConnectionState> state() {
      return new FlagTerm<>(new Selector.Ct(CtKey.STATE, null));
    }

    /** Returns the mark. */
    public Term<Long> mark() {
      return number(CtKey.MARK);
    }

    /** Returns the zone. */
    public Term<Long> zone() {
      return number(CtKey.ZONE);
    }

    /** Returns the IPv4 source address of a direction. */
    public AddressTerm saddr(FlowDirection direction) {
      return new AddressTerm(new Selector.Ct(CtKey.IP_SADDR, direction), 4);
    }

    /** Returns the IPv4 destination address of a direction. */
    public AddressTerm daddr(FlowDirection direction) {
      return new AddressTerm(new Selector.Ct(CtKey.IP_DADDR, direction), 4);
    }

    /** Returns the octets counted in a direction. */
    public Term<Long> bytes(FlowDirection direction) {
      return new Term<>(new Selector.Ct(CtKey.BYTES, direction), Values::number);
    }
  }
}
