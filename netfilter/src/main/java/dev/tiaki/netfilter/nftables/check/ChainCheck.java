package dev.tiaki.netfilter.nftables.check;

import dev.tiaki.netfilter.nftables.model.BaseChain;
import dev.tiaki.netfilter.nftables.model.Chain;
import dev.tiaki.netfilter.nftables.model.ChainHook;
import dev.tiaki.netfilter.nftables.model.ChainType;
import dev.tiaki.netfilter.nftables.rule.NftFamily;
import dev.tiaki.netfilter.nftables.version.Feature;
import dev.tiaki.netfilter.nftables.version.NftVersion;
import java.util.EnumSet;
import java.util.Set;

/** Chains: which type is called where, in which family. */
final class ChainCheck {
  /** NF_IP_PRI_CONNTRACK: nothing can be translated before connections are tracked. */
  private static final int CONNTRACK_PRIORITY = -200;

  private static final Set<ChainHook> IP_HOOKS =
      EnumSet.of(
          ChainHook.PREROUTING,
          ChainHook.INPUT,
          ChainHook.FORWARD,
          ChainHook.OUTPUT,
          ChainHook.POSTROUTING);

  private final NftVersion version;

  ChainCheck(NftVersion version) {
    this.version = version;
  }

  void check(Chain chain, Pointer at) {
    if (chain.comment() != null) {
      Scope.need(version, Feature.TABLE_COMMENT, at.at("comment"));
      SetElementCheck.comment(chain.comment(), at.at("comment"));
    }
    BaseChain base = chain.base();
    if (base != null) {
      base(chain.family(), base, at);
    }
  }

  private void base(NftFamily family, BaseChain base, Pointer at) {
    if (!hooks(family, base.type()).contains(base.hook())) {
      throw new Refusal(
          at.at("hook"),
          "no %s chain at %s in the %s family"
              .formatted(base.type().word(), base.hook().word(), family.word()));
    }
    if (base.type() == ChainType.NAT && base.priority() <= CONNTRACK_PRIORITY) {
      throw new Refusal(at.at("prio"), "a nat chain needs a priority above -200");
    }
    devices(family, base, at);
  }

  private static Set<ChainHook> hooks(NftFamily family, ChainType type) {
    return switch (type) {
      case FILTER ->
          switch (family) {
            case IP, IP6, BRIDGE -> IP_HOOKS;
            case INET -> EnumSet.complementOf(EnumSet.of(ChainHook.EGRESS));
            case ARP -> EnumSet.of(ChainHook.INPUT, ChainHook.OUTPUT);
            case NETDEV -> EnumSet.of(ChainHook.INGRESS, ChainHook.EGRESS);
          };
      case NAT ->
          switch (family) {
            case IP, IP6, INET ->
                EnumSet.of(
                    ChainHook.PREROUTING, ChainHook.INPUT, ChainHook.OUTPUT, ChainHook.POSTROUTING);
            case ARP, BRIDGE, NETDEV -> EnumSet.noneOf(ChainHook.class);
          };
      case ROUTE ->
          switch (family) {
            case IP, IP6, INET -> EnumSet.of(ChainHook.OUTPUT);
            case ARP, BRIDGE, NETDEV -> EnumSet.noneOf(ChainHook.class);
          };
    };
  }

  private void devices(NftFamily family, BaseChain base, Pointer at) {
    boolean isAtDevice = family == NftFamily.NETDEV || base.hook() == ChainHook.INGRESS;
    if (isAtDevice && base.devices().isEmpty()) {
      throw new Refusal(at, "property \"dev\" is missing: the chain is at a device");
    }
    if (!isAtDevice && !base.devices().isEmpty()) {
      throw new Refusal(at.at("dev"), "this chain is at no device");
    }
    if (base.devices().size() > 1) {
      Scope.need(version, Feature.CHAIN_DEVICES, at.at("dev"));
    }
    for (String device : base.devices()) {
      if (!Symbols.isDevice(device)) {
        throw new Refusal(at.at("dev"), "\"" + Symbols.shown(device) + "\" is no name of a device");
      }
    }
  }
}
