package dev.tiaki.netfilter.nftables.check;

import dev.tiaki.netfilter.nftables.model.BaseChain;
import dev.tiaki.netfilter.nftables.model.ChainHook;
import dev.tiaki.netfilter.nftables.model.ChainType;
import dev.tiaki.netfilter.nftables.rule.Action;
import dev.tiaki.netfilter.nftables.rule.Composite;
import dev.tiaki.netfilter.nftables.rule.Expression;
import dev.tiaki.netfilter.nftables.rule.MapLookup;
import dev.tiaki.netfilter.nftables.rule.NatKind;
import dev.tiaki.netfilter.nftables.rule.NatTypeFlag;
import dev.tiaki.netfilter.nftables.rule.NftFamily;
import dev.tiaki.netfilter.nftables.rule.Selector;
import dev.tiaki.netfilter.nftables.rule.Value;
import dev.tiaki.netfilter.nftables.version.Feature;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Translation of addresses, and the transparent proxy, which names an address too. */
final class NatCheck {
  private static final Typed PORT = Typed.runtime(Datatypes.SERVICE, 16);

  private final Scope scope;
  private final ExpressionCheck expressions;
  private final Places places;

  NatCheck(Scope scope, ExpressionCheck expressions, Places places) {
    this.scope = scope;
    this.expressions = expressions;
    this.places = places;
  }

  void check(Action.Nat nat, Pointer at) {
    chain(nat.kind(), at);
    Expression address = nat.address();
    Expression port = nat.port();
    boolean isNamed = nat.kind() == NatKind.SNAT || nat.kind() == NatKind.DNAT;
    if (isNamed && address == null && port == null) {
      throw new Refusal(at, "an address or a port is missing");
    }
    if (address != null) {
      address(nat, address, at);
    }
    if (port != null) {
      port(port, address, at.at("port"));
    }
  }

  private void chain(NatKind kind, Pointer at) {
    switch (scope.family()) {
      case IP, IP6, INET -> {}
      case ARP, BRIDGE, NETDEV -> throw new Refusal(at, "only IPv4 and IPv6 are translated");
    }
    BaseChain base = scope.base();
    if (base == null) {
      return;
    }
    Set<ChainHook> hooks =
        switch (kind) {
          case SNAT -> Set.of(ChainHook.POSTROUTING, ChainHook.INPUT);
          case MASQUERADE -> Set.of(ChainHook.POSTROUTING);
          case DNAT, REDIRECT -> Set.of(ChainHook.PREROUTING, ChainHook.OUTPUT);
        };
    if (base.type() != ChainType.NAT || !hooks.contains(base.hook())) {
      throw new Refusal(
          at,
          "%s is not possible in a %s chain at %s"
              .formatted(kind.word(), base.type().word(), base.hook().word()));
    }
  }

  /** Returns the type of addresses of a family. */
  static Typed address(NftFamily family, Pointer at) {
    return switch (family) {
      case IP -> Typed.runtime(Datatypes.IPV4, 32);
      case IP6 -> Typed.runtime(Datatypes.IPV6, 128);
      case INET, ARP, BRIDGE, NETDEV -> throw new Refusal(at, "ip or ip6 is expected");
    };
  }

  /** Returns the family of an address: stated, or known from the table or a match before. */
  private NftFamily family(@Nullable NftFamily stated, Pointer at) {
    String network = scope.layers().network();
    if (stated == null) {
      if (network == null) {
        throw new Refusal(at, "property \"family\" is missing: ip or ip6");
      }
      return network.equals("ip") ? NftFamily.IP : NftFamily.IP6;
    }
    if (network != null && !network.equals(stated.word())) {
      throw new Refusal(
          at.at("family"), "conflicting protocols: " + network + " and " + stated.word());
    }
    return stated;
  }

  private void address(Action.Nat nat, Expression address, Pointer at) {
    places.check(address, Places.STATEMENT, at.at("addr"));
    Typed like = address(family(nat.family(), at), at.at("family"));
    if (nat.typeFlags().contains(NatTypeFlag.CONCAT) || hasConcatenation(address)) {
      Typed both = concatenation(like);
      expressions.check(address, both, at.at("addr"));
      requireTransport(address, at.at("addr"));
      return;
    }
    Typed typed = expressions.check(address, like, at.at("addr"));
    MangleCheck.argument(typed, like, scope, at.at("addr"));
  }

  private static Typed concatenation(Typed address) {
    List<Typed> parts = List.of(address, PORT);
    Datatype type = Datatypes.concatenation(parts);
    return new Typed(Typed.Kind.CONCATENATION, type, type.bits(), null, null, parts);
  }

  private static boolean hasConcatenation(Expression address) {
    return address instanceof MapLookup(Expression _, Composite.AnonymousSet(var pairs))
        && pairs.stream()
            .anyMatch(pair ->
                pair instanceof Composite.Pair(Expression _, Expression value)
                    && value instanceof Composite.Concatenation);
  }

  /** A port means something only where a protocol with ports is known. */
  private void requireTransport(@Nullable Expression address, Pointer at) {
    if (!scope.layers().hasTransport() && !namesTransport(address)) {
      throw new Refusal(at, "a port needs a match of the transport protocol before it");
    }
  }

  private static boolean namesTransport(@Nullable Expression address) {
    if (!(address instanceof MapLookup(Composite.Concatenation(var parts), Expression _))) {
      return false;
    }
    return parts.stream()
        .anyMatch(part ->
            switch (part) {
              case Selector.Payload(String protocol, String field, var _) ->
                  switch (protocol) {
                    case "th", "ether", "vlan", "arp" -> false;
                    case "ip" -> field.equals("protocol");
                    case "ip6" -> field.equals("nexthdr");
                    default -> true;
                  };
              case Selector.Meta(var key) -> key.word().equals("l4proto");
              default -> false;
            });
  }

  private void port(Expression port, @Nullable Expression address, Pointer at) {
    if (!Feature.PORT_NAMES_PROTOCOL.isIn(scope.version())) {
      requireTransport(address, at);
    }
    places.check(port, Places.STATEMENT, at);
    MangleCheck.argument(expressions.check(port, PORT, at), PORT, scope, at);
    requireTransport(address, at);
  }

  void transparentProxy(Action.TransparentProxy proxy, Pointer at) {
    switch (scope.family()) {
      case IP, IP6, INET -> {}
      case ARP, BRIDGE, NETDEV -> throw new Refusal(at, "only IPv4 and IPv6 can be proxied");
    }
    Expression address = proxy.address();
    Expression port = proxy.port();
    if (!scope.layers().hasTransport()) {
      throw new Refusal(at, "a match of the transport protocol is needed before it");
    }
    if (address == null && port == null) {
      throw new Refusal(at, "an address or a port is missing");
    }
    if (address instanceof Value.Range || port instanceof Value.Range) {
      throw new Refusal(at, "ranges are not possible");
    }
    if (proxy.family() != null) {
      family(proxy.family(), at);
    }
    if (address != null) {
      places.check(address, Places.STATEMENT, at.at("addr"));
      boolean needsFamily = scope.family() == NftFamily.INET && proxy.family() == null;
      if (needsFamily) {
        throw new Refusal(at, "property \"family\" is missing: ip or ip6");
      }
      Typed like = address(family(proxy.family(), at), at.at("family"));
      Typed typed = expressions.check(address, like, at.at("addr"));
      MangleCheck.argument(typed, like, scope, at.at("addr"));
    }
    if (port != null) {
      port(port, null, at.at("port"));
    }
  }
}
