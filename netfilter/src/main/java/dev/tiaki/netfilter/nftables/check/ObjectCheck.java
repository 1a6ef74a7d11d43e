package dev.tiaki.netfilter.nftables.check;

import dev.tiaki.netfilter.nftables.model.ChainHook;
import dev.tiaki.netfilter.nftables.model.Flowtable;
import dev.tiaki.netfilter.nftables.model.StatefulObject;
import dev.tiaki.netfilter.nftables.rule.NftFamily;
import dev.tiaki.netfilter.nftables.version.Feature;
import dev.tiaki.netfilter.nftables.version.NftVersion;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Stateful objects and flow tables. */
final class ObjectCheck {
  private static final Map<String, List<String>> STATES =
      Map.of(
          "tcp",
          List.of(
              "syn_sent",
              "syn_recv",
              "established",
              "fin_wait",
              "close_wait",
              "last_ack",
              "time_wait",
              "close",
              "retrans",
              "unack"),
          "udp",
          List.of("unreplied", "replied"));
  private static final Set<String> TUNNEL_KEYS =
      Set.of(
          "src-ipv4",
          "src-ipv6",
          "dst-ipv4",
          "dst-ipv6",
          "sport",
          "dport",
          "tos",
          "ttl",
          "type",
          "tunnel");

  private final NftVersion version;

  ObjectCheck(NftVersion version) {
    this.version = version;
  }

  void check(StatefulObject object, Pointer at) {
    SetElementCheck.comment(object.comment(), at.at("comment"));
    switch (object) {
      case StatefulObject.Counter counter -> {
        notNegative(counter.packets(), at.at("packets"));
        notNegative(counter.bytes(), at.at("bytes"));
      }
      case StatefulObject.Quota quota -> {
        notNegative(quota.bytes(), at.at("bytes"));
        notNegative(quota.used(), at.at("used"));
      }
      case StatefulObject.Limit limit ->
          StateCheck.limit(limit.rate(), limit.unit(), limit.burst(), at);
      case StatefulObject.CtHelper helper -> {
        protocol(helper.protocol(), at);
        family(helper.networkFamily(), at);
        if (helper.type().isEmpty() || helper.type().length() > 15) {
          throw new Refusal(at.at("type"), "the name of a helper has 1 to 15 characters");
        }
      }
      case StatefulObject.CtTimeout timeout -> timeout(timeout, at);
      case StatefulObject.CtExpectation expectation -> expectation(expectation, at);
      case StatefulObject.SynProxy proxy -> {
        Scope.need(version, Feature.SYNPROXY_OBJECT, at);
        ActionCheck.synProxy(proxy.segmentSize(), proxy.windowScale(), at);
      }
      case StatefulObject.SecurityMark mark -> {
        if (mark.context() == null || mark.context().isEmpty()) {
          throw new Refusal(at, "property \"context\" is missing");
        }
      }
      case StatefulObject.Tunnel tunnel -> tunnel(tunnel, at);
    }
  }

  private static void notNegative(@Nullable Long number, Pointer at) {
    if (number != null) {
      StateCheck.notNegative(number, at);
    }
  }

  private static void protocol(String protocol, Pointer at) {
    if (!STATES.containsKey(protocol)) {
      throw new Refusal(
          at.at("protocol"), "tcp or udp is expected, not \"" + Symbols.shown(protocol) + "\"");
    }
  }

  private static void family(@Nullable NftFamily family, Pointer at) {
    if (family == NftFamily.ARP || family == NftFamily.BRIDGE || family == NftFamily.NETDEV) {
      throw new Refusal(at.at("l3proto"), "ip, ip6 or inet is expected");
    }
  }

  private void timeout(StatefulObject.CtTimeout timeout, Pointer at) {
    protocol(timeout.protocol(), at);
    family(timeout.networkFamily(), at);
    Map<String, Long> policy = timeout.policy();
    Scope.need(version, Feature.CT_TIMEOUT_POLICY, policy == null ? at : at.at("policy"));
    if (policy == null) {
      return;
    }
    for (Map.Entry<String, Long> state : policy.entrySet()) {
      Pointer place = at.at("policy").at(state.getKey());
      if (!STATES.getOrDefault(timeout.protocol(), List.of()).contains(state.getKey())) {
        throw new Refusal(place, timeout.protocol() + " has no such state");
      }
      if (state.getValue() < 0 || state.getValue() > StateCheck.UNSIGNED_INT) {
        throw new Refusal(place, "a number of 32 bits is expected");
      }
    }
  }

  private void expectation(StatefulObject.CtExpectation expectation, Pointer at) {
    Scope.need(version, Feature.CT_EXPECTATION, at);
    protocol(expectation.protocol(), at);
    family(expectation.networkFamily(), at);
    Integer port = expectation.port();
    Integer size = expectation.size();
    if (port == null || expectation.timeoutMillis() == null || size == null) {
      throw new Refusal(at, "dport, timeout and size are needed");
    }
    if (port < 1 || port > 0xffff) {
      throw new Refusal(at.at("dport"), "1 to 65535 is expected, not " + port);
    }
    if (size < 1 || size > 255) {
      throw new Refusal(at.at("size"), "1 to 255 is expected, not " + size);
    }
    notNegative(expectation.timeoutMillis(), at.at("timeout"));
  }

  private void tunnel(StatefulObject.Tunnel tunnel, Pointer at) {
    Scope.need(version, Feature.TUNNEL, at);
    for (String key : tunnel.extras().properties().keySet()) {
      if (!TUNNEL_KEYS.contains(key)) {
        throw new Refusal(at.at(key), "unknown property \"" + Symbols.shown(key) + "\"");
      }
    }
    notNegative(tunnel.id(), at.at("id"));
  }

  void flowtable(Flowtable flowtable, Pointer at) {
    Scope.need(version, Feature.FLOWTABLE, at);
    switch (flowtable.family()) {
      case IP, IP6, INET -> {}
      case ARP, BRIDGE, NETDEV ->
          throw new Refusal(at.at("family"), "flow tables are for ip, ip6 and inet");
    }
    ChainHook hook = flowtable.hook();
    if (hook != null && hook != ChainHook.INGRESS) {
      throw new Refusal(at.at("hook"), "\"ingress\" is the only hook");
    }
    if ((hook == null) != (flowtable.priority() == null)) {
      throw new Refusal(at, "hook and prio belong together");
    }
    for (String device : flowtable.devices()) {
      if (!Symbols.isDevice(device)) {
        throw new Refusal(at.at("dev"), "\"" + Symbols.shown(device) + "\" is no name of a device");
      }
    }
  }
}
