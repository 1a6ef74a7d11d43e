package dev.tiaki.netfilter.examples;

import static dev.tiaki.netfilter.nftables.dsl.ConnectionState.ESTABLISHED;
import static dev.tiaki.netfilter.nftables.dsl.ConnectionState.INVALID;
import static dev.tiaki.netfilter.nftables.dsl.ConnectionState.RELATED;
import static dev.tiaki.netfilter.nftables.dsl.Nft.accept;
import static dev.tiaki.netfilter.nftables.dsl.Nft.ct;
import static dev.tiaki.netfilter.nftables.dsl.Nft.drop;
import static dev.tiaki.netfilter.nftables.dsl.Nft.icmpv6;
import static dev.tiaki.netfilter.nftables.dsl.Nft.ip;
import static dev.tiaki.netfilter.nftables.dsl.Nft.limit;
import static dev.tiaki.netfilter.nftables.dsl.Nft.log;
import static dev.tiaki.netfilter.nftables.dsl.Nft.meta;
import static dev.tiaki.netfilter.nftables.dsl.Nft.tcp;

import dev.tiaki.netfilter.conntrack.Prefix;
import dev.tiaki.netfilter.nftables.dsl.Script;
import dev.tiaki.netfilter.nftables.model.ChainHook;
import dev.tiaki.netfilter.nftables.model.ChainPolicy;
import dev.tiaki.netfilter.nftables.model.ChainType;
import dev.tiaki.netfilter.nftables.model.NftDocument;
import dev.tiaki.netfilter.nftables.rule.LimitPeriod;
import dev.tiaki.netfilter.nftables.rule.NftFamily;

/** A host that serves the web to all and SSH to the administrators. */
final class HostFirewall {
  private HostFirewall() {}

  static NftDocument of(Prefix administrators) {
    return Script.replaceTable(NftFamily.INET, "guard")
        .chain("inbound", ChainType.FILTER, ChainHook.INPUT, 0, ChainPolicy.DROP)
        .rule("inbound", ct().state().any(ESTABLISHED, RELATED), accept())
        .rule("inbound", ct().state().any(INVALID), drop())
        .rule("inbound", meta().iifname().eq("lo"), accept())
        .rule("inbound", icmpv6().type().in("nd-neighbor-solicit", "nd-neighbor-advert"), accept())
        .rule("inbound", ip().saddr().in(administrators), tcp().dport().eq(22), accept())
        .commentedRule("inbound", "the web", tcp().dport().in(80, 443), accept())
        .rule("inbound", limit(10, LimitPeriod.MINUTE), log("refused "))
        .document();
  }
}
