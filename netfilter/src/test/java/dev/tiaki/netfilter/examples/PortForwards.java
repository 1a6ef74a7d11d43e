package dev.tiaki.netfilter.examples;

import static dev.tiaki.netfilter.nftables.dsl.Nft.dnat;
import static dev.tiaki.netfilter.nftables.dsl.Nft.ip;
import static dev.tiaki.netfilter.nftables.dsl.Nft.masquerade;
import static dev.tiaki.netfilter.nftables.dsl.Nft.meta;
import static dev.tiaki.netfilter.nftables.dsl.Nft.tcp;

import dev.tiaki.netfilter.conntrack.Prefix;
import dev.tiaki.netfilter.nftables.dsl.Script;
import dev.tiaki.netfilter.nftables.dsl.Values;
import dev.tiaki.netfilter.nftables.model.ChainHook;
import dev.tiaki.netfilter.nftables.model.ChainType;
import dev.tiaki.netfilter.nftables.model.NftDocument;
import dev.tiaki.netfilter.nftables.rule.Expression;
import dev.tiaki.netfilter.nftables.rule.NftFamily;
import java.net.InetAddress;
import java.util.Map;
import java.util.TreeMap;

/** A router that hands ports on to hosts behind it. */
final class PortForwards {
  private PortForwards() {}

  static NftDocument of(Prefix inside, String outerDevice, Map<Integer, InetAddress> hosts) {
    Map<Integer, Expression> targets = new TreeMap<>();
    hosts.forEach((port, host) -> targets.put(port, Values.address(host)));
    return Script.table(NftFamily.IP, "forwards")
        .chain("inward", ChainType.NAT, ChainHook.PREROUTING, -100, null)
        .rule(
            "inward",
            meta().iifname().eq(outerDevice),
            dnat(NftFamily.IP, tcp().dport().map(targets)))
        .chain("outward", ChainType.NAT, ChainHook.POSTROUTING, 100, null)
        .rule("outward", ip().saddr().in(inside), meta().oifname().eq(outerDevice), masquerade())
        .document();
  }
}
