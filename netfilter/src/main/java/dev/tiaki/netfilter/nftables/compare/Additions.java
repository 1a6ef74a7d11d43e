package dev.tiaki.netfilter.nftables.compare;

import dev.tiaki.netfilter.nftables.model.BaseChain;
import dev.tiaki.netfilter.nftables.model.Chain;
import dev.tiaki.netfilter.nftables.model.ChainPolicy;
import dev.tiaki.netfilter.nftables.model.Command;
import dev.tiaki.netfilter.nftables.model.NftItem;
import dev.tiaki.netfilter.nftables.model.NftObject;
import dev.tiaki.netfilter.nftables.model.Rule;
import dev.tiaki.netfilter.nftables.rule.Composite;
import dev.tiaki.netfilter.nftables.rule.Expression;
import java.util.ArrayList;
import java.util.List;

/** Commands that add what is in a listing or in a document. */
final class Additions {
  private Additions() {}

  static List<NftItem> of(TableContent content) {
    List<NftItem> commands = new ArrayList<>();
    for (NftObject object : content.inOrder()) {
      commands.add(new Command.Add(bare(object)));
    }
    return commands;
  }

  /** Returns the same to be added: where a rule stood says nothing about where it comes. */
  static NftObject bare(NftObject object) {
    return object instanceof Rule rule ? ChainDifference.fresh(rule, null) : object;
  }

  /** Returns a chain whose policy is stated: left out, the kernel keeps the one that it has. */
  static Chain withPolicy(Chain chain) {
    BaseChain base = chain.base();
    if (base == null || base.policy() != null) {
      return chain;
    }
    BaseChain stated =
        new BaseChain(
            base.type(), base.hook(), base.priority(), base.devices(), ChainPolicy.ACCEPT);
    return new Chain(chain.identity(), stated, chain.comment(), chain.extras());
  }

  /** Returns what tells an element from the others: its key. */
  static Expression withoutTime(Expression element) {
    return element instanceof Composite.Element timed ? timed.value() : element;
  }
}
