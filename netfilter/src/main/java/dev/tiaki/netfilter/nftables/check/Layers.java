package dev.tiaki.netfilter.nftables.check;

import dev.tiaki.netfilter.nftables.rule.CtKey;
import dev.tiaki.netfilter.nftables.rule.MetaKey;
import dev.tiaki.netfilter.nftables.rule.NftFamily;
import dev.tiaki.netfilter.nftables.rule.Selector;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which protocols a rule speaks of so far. nftables adds the condition that a field needs, and
 * refuses a rule whose conditions exclude each other.
 */
final class Layers {
  private static final Set<String> LINK = Set.of("ether", "vlan");
  private static final Set<String> NETWORK = Set.of("ip", "ip6", "arp");
  private static final Map<Integer, String> TRANSPORT_NUMBERS =
      Map.ofEntries(
          Map.entry(1, "icmp"),
          Map.entry(2, "igmp"),
          Map.entry(6, "tcp"),
          Map.entry(17, "udp"),
          Map.entry(33, "dccp"),
          Map.entry(47, "gre"),
          Map.entry(50, "esp"),
          Map.entry(51, "ah"),
          Map.entry(58, "icmpv6"),
          Map.entry(108, "comp"),
          Map.entry(132, "sctp"),
          Map.entry(136, "udplite"));
  private static final Map<Integer, String> ETHER_TYPES =
      Map.of(0x800, "ip", 0x806, "arp", 0x86dd, "ip6");
  private static final Map<Integer, String> FAMILIES = Map.of(2, "ip", 10, "ip6");

  private final NftFamily family;
  private @Nullable String link;
  private @Nullable String network;
  private @Nullable String transport;
  private boolean isTransportMixed;
  private boolean isNetworkMixed;

  Layers(NftFamily family) {
    this.family = family;
    this.network =
        switch (family) {
          case IP, IP6, ARP -> family.word();
          case INET, BRIDGE, NETDEV -> null;
        };
    this.link = family == NftFamily.BRIDGE ? "ether" : null;
  }

  boolean hasTransport() {
    return transport != null;
  }

  @Nullable String network() {
    return network;
  }

  /** Takes note of a field of this header; refuses one that cannot be there. */
  void header(String protocol, Pointer at) {
    if (LINK.contains(protocol)) {
      link = protocol;
    } else if (NETWORK.contains(protocol)) {
      network(protocol, at);
    } else if (!protocol.equals("th")) {
      transport(protocol, at);
    }
  }

  private void network(String protocol, Pointer at) {
    boolean isArpInInet = protocol.equals("arp") && family == NftFamily.INET && link == null;
    if (isNetworkMixed || isArpInInet || (network != null && !network.equals(protocol))) {
      throw conflict(network == null ? family.word() : network, protocol, at);
    }
    network = protocol;
  }

  private void transport(String protocol, Pointer at) {
    if (isTransportMixed || (transport != null && !transport.equals(protocol))) {
      throw conflict(transport == null ? "several" : transport, protocol, at);
    }
    if ("arp".equals(network)) {
      throw conflict("arp", protocol, at);
    }
    if (network == null) {
      network =
          switch (protocol) {
            case "icmp", "igmp" -> "ip";
            case "icmpv6" -> "ip6";
            default -> null;
          };
    }
    transport = protocol;
  }

  /** Takes note of an IPv6 extension header or IPv4 option. */
  void needs(String protocol, Pointer at) {
    if (network != null && !network.equals(protocol)) {
      throw conflict(network, protocol, at);
    }
    network = protocol;
  }

  private static Refusal conflict(String one, String other, Pointer at) {
    return new Refusal(at, "conflicting protocols: " + one + " and " + other);
  }

  /** Takes note of a comparison that holds: the left side is the right side. */
  void learn(Selector left, Typed right) {
    List<Typed> values = right.kind() == Typed.Kind.SET ? right.parts() : List.of(right);
    switch (left) {
      case Selector.Meta(MetaKey key) -> meta(key, values);
      case Selector.Payload(String protocol, String field, String tunnel) -> {
        if (tunnel == null) {
          payload(protocol, field, values);
        }
      }
      case Selector.Ct(CtKey key, var _) -> {
        if (key == CtKey.L3PROTO) {
          learnNetwork(values, FAMILIES);
        }
      }
      default -> {}
    }
  }

  private void meta(MetaKey key, List<Typed> values) {
    switch (key) {
      case L4PROTO -> learnTransport(values);
      case NFPROTO -> learnNetwork(values, FAMILIES);
      case PROTOCOL -> {
        if (family == NftFamily.BRIDGE || family == NftFamily.NETDEV) {
          learnNetwork(values, ETHER_TYPES);
        }
      }
      default -> {}
    }
  }

  private void payload(String protocol, String field, List<Typed> values) {
    switch (protocol + " " + field) {
      case "ether type", "vlan type" -> learnNetwork(values, ETHER_TYPES);
      case "ip protocol", "ip6 nexthdr" -> learnTransport(values);
      default -> {}
    }
  }

  private void learnTransport(List<Typed> values) {
    for (Typed value : values) {
      String name = name(value, TRANSPORT_NUMBERS);
      isTransportMixed |= transport != null && !transport.equals(name) && values.size() > 1;
      transport = name;
    }
  }

  private void learnNetwork(List<Typed> values, Map<Integer, String> names) {
    for (Typed value : values) {
      String name = name(value, names);
      if (name.equals("unknown")) {
        continue;
      }
      isNetworkMixed |= network != null && !network.equals(name) && values.size() > 1;
      network = name;
    }
  }

  private static String name(Typed value, Map<Integer, String> names) {
    BigInteger number = value.kind() == Typed.Kind.VALUE ? value.value() : null;
    return number == null || number.bitLength() > 31
        ? "unknown"
        : names.getOrDefault(number.intValue(), "unknown");
  }
}
