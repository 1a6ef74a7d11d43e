package dev.tiaki.netfilter.examples;

import static dev.tiaki.netfilter.nftables.dsl.Nft.counter;
import static dev.tiaki.netfilter.nftables.dsl.Nft.ct;
import static dev.tiaki.netfilter.nftables.dsl.Nft.drop;
import static dev.tiaki.netfilter.nftables.dsl.Nft.ip;
import static dev.tiaki.netfilter.nftables.dsl.Nft.limitOver;
import static dev.tiaki.netfilter.nftables.dsl.Nft.tcp;
import static dev.tiaki.netfilter.nftables.dsl.Nft.update;

import dev.tiaki.netfilter.nftables.dsl.ConnectionState;
import dev.tiaki.netfilter.nftables.dsl.Script;
import dev.tiaki.netfilter.nftables.model.ChainHook;
import dev.tiaki.netfilter.nftables.model.ChainType;
import dev.tiaki.netfilter.nftables.model.NftDocument;
import dev.tiaki.netfilter.nftables.model.SetFlag;
import dev.tiaki.netfilter.nftables.rule.LimitPeriod;
import dev.tiaki.netfilter.nftables.rule.NftFamily;
import java.time.Duration;
import java.util.List;

/** Hosts that knock too fast are shut out for a while, and their connections are marked. */
final class Quarantine {
  /** The bits of the mark that say so; the others belong to somebody else. */
  static final long MARK = 0x20;

  private static final long OTHERS = 0xffff_ffffL ^ 0xf0;

  private Quarantine() {}

  static NftDocument of(Duration time) {
    return Script.table(NftFamily.IP, "quarantine")
        .set("noisy", List.of("ipv4_addr"), SetFlag.TIMEOUT)
        .chain("entry", ChainType.FILTER, ChainHook.PREROUTING, -10, null)
        .rule("entry", ip().saddr().inSet("noisy"), counter(), drop())
        .rule(
            "entry",
            ct().state().eq(ConnectionState.NEW),
            tcp().dport().between(1, 1023),
            limitOver(50, LimitPeriod.SECOND),
            ct().mark().set(ct().mark().and(OTHERS).or(MARK)),
            update("noisy", ip().saddr(), time))
        .document();
  }
}
