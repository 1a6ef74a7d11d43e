package dev.tiaki.netfilter.nftables.compare;

import dev.tiaki.netfilter.nftables.model.Chain;
import dev.tiaki.netfilter.nftables.model.Elements;
import dev.tiaki.netfilter.nftables.model.NamedSet;
import dev.tiaki.netfilter.nftables.model.NftObject;
import dev.tiaki.netfilter.nftables.model.ObjectKind;
import dev.tiaki.netfilter.nftables.model.Rule;
import dev.tiaki.netfilter.nftables.model.Table;
import dev.tiaki.netfilter.nftables.rule.Expression;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All that is in one table. */
final class TableContent {
  private final Table table;
  private final Map<String, Chain> chains = new LinkedHashMap<>();
  private final Map<String, List<Rule>> rules = new LinkedHashMap<>();
  private final Map<String, NamedSet> sets = new LinkedHashMap<>();
  private final Map<String, NftObject> others = new LinkedHashMap<>();

  TableContent(Table table) {
    this.table = table;
  }

  Table table() {
    return table;
  }

  Map<String, Chain> chains() {
    return chains;
  }

  /** Returns the rules of a chain, to be changed. */
  List<Rule> rules(String chain) {
    return rules.computeIfAbsent(chain, name -> new ArrayList<>());
  }

  Map<String, NamedSet> sets() {
    return sets;
  }

  /** Returns counters and the like by kind and name. */
  Map<String, NftObject> others() {
    return others;
  }

  static String key(ObjectKind kind, String name) {
    return kind.word() + " " + name;
  }

  void addElements(NamedSet set, List<Expression> added) {
    List<Expression> all = new ArrayList<>(set.elements());
    all.addAll(added);
    sets.put(set.identity().name(), with(set, all));
  }

  static NamedSet with(NamedSet set, List<Expression> elements) {
    return new NamedSet(
        set.identity(),
        set.type(),
        set.data(),
        set.policy(),
        set.flags(),
        set.timeoutSeconds(),
        set.gcIntervalSeconds(),
        set.size(),
        set.autoMerge(),
        set.comment(),
        set.statements(),
        elements,
        set.extras());
  }

  /** Returns objects in an order in which they can be added: what is referred to comes first. */
  List<NftObject> inOrder() {
    List<NftObject> all = new ArrayList<>();
    all.add(table);
    all.addAll(chains.values());
    all.addAll(others.values());
    all.addAll(sets.values());
    chains.keySet().forEach(chain -> all.addAll(rules(chain)));
    return all;
  }

  /** Returns the elements that a command names, as objects of their own. */
  static Elements elements(NamedSet set, List<Expression> elements) {
    return Elements.of(set.identity().withHandle(null), elements);
  }
}
