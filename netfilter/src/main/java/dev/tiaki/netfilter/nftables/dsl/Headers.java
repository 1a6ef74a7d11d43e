package dev.tiaki.netfilter.nftables.dsl;

import dev.tiaki.netfilter.nftables.rule.Expression;
import dev.tiaki.netfilter.nftables.rule.Selector;

/** Fields of headers, grouped by protocol. */
public final class Headers {
  private Headers() {}

  static Expression field(String protocol, String field) {
    return new Selector.Payload(protocol, field, null);
  }

  static Term<Long> number(String protocol, String field) {
    return new Term<>(field(protocol, field), Values::number);
  }

  static Term<Integer> port(String protocol, String field) {
    return new Term<>(field(protocol, field), Headers::checkedPort);
  }

  static Expression checkedPort(int port) {
    if (port < 0 || port > 0xffff) {
      throw new IllegalArgumentException("port=" + port);
    }
    return Values.number(port);
  }

  static Term<String> symbol(String protocol, String field) {
    return new Term<>(field(protocol, field), Values::text);
  }

  /**
   * A protocol with ports: {@code udp}, {@code sctp}, {@code dccp}, {@code udplite}, {@code th}.
   */
  public static final class Ports {
    private final String protocol;

    Ports(String protocol) {
      this.protocol = protocol;
    }

    /** Returns the source port. */
    public Term<Integer> sport() {
      return port(protocol, "sport");
    }

    /** Returns the destination port. */
    public Term<Integer> dport() {
      return port(protocol, "dport");
    }
  }

  /** TCP. */
  public static final class Tcp {
    Tcp() {}

    /** Returns the source port. */
    public Term<Integer> sport() {
      return port("tcp", "sport");
    }

    /** Returns the destination port. */
    public Term<Integer> dport() {
      return port("tcp", "dport");
    }

    /** Returns the flags. */
    public FlagTerm<TcpFlag> flags() {
      return new FlagTerm<>(field("tcp", "flags"));
    }

    /** Returns the window. */
    public Term<Long> window() {
      return number("tcp", "window");
    }

    /** Returns the maximum segment size that the SYN offers. */
    public Term<Long> maxSegment() {
      return new Term<>(new Selector.TcpOption("maxseg", "size"), Values::number);
    }
  }

  /** IPv4. */
  public static final class Ip {
    Ip() {}

    /** Returns the source address. */
    public AddressTerm saddr() {
      return new AddressTerm(field("ip", "saddr"), 4);
    }

    /** Returns the destination address. */
    public AddressTerm daddr() {
      return new AddressTerm(field("ip", "daddr"), 4);
    }

    /** Returns the transport protocol, by name. */
    public Term<String> protocol() {
      return symbol("ip", "protocol");
    }

    /** Returns the time to live. */
    public Term<Long> ttl() {
      return number("ip", "ttl");
    }

    /** Returns the length in octets. */
    public Term<Long> length() {
      return number("ip", "length");
    }

    /** Returns the differentiated services code point, by name. */
    public Term<String> dscp() {
      return symbol("ip", "dscp");
    }
  }

  /** IPv6. */
  public static final class Ip6 {
    Ip6() {}

    /** Returns the source address. */
    public AddressTerm saddr() {
      return new AddressTerm(field("ip6", "saddr"), 16);
    }

    /** Returns the destination address. */
    public AddressTerm daddr() {
      return new AddressTerm(field("ip6", "daddr"), 16);
    }

    /** Returns the protocol of the next header, by name. */
    public Term<String> nexthdr() {
      return symbol("ip6", "nexthdr");
    }

    /** Returns the hop limit. */
    public Term<Long> hoplimit() {
      return number("ip6", "hoplimit");
    }
  }

  /** ICMP or ICMPv6. */
  public static final class Icmp {
    private final String protocol;

    Icmp(String protocol) {
      this.protocol = protocol;
    }

    /** Returns the type, by name. */
    public Term<String> type() {
      return symbol(protocol, "type");
    }

    /** Returns the code, by name. */
    public Term<String> code() {
      return symbol(protocol, "code");
    }
  }

  /** Ethernet. */
  public static final class Ether {
    Ether() {}

    /** Returns the source address, as six octets with colons. */
    public Term<String> saddr() {
      return symbol("ether", "saddr");
    }

    /** Returns the destination address, as six octets with colons. */
    public Term<String> daddr() {
      return symbol("ether", "daddr");
    }

    /** Returns the EtherType, by name. */
    public Term<String> type() {
      return symbol("ether", "type");
    }
  }
}
