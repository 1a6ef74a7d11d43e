package dev.tiaki.netfilter.nftables.compare;

import dev.tiaki.netfilter.nftables.json.NftWriter;
import dev.tiaki.netfilter.nftables.model.BaseChain;
import dev.tiaki.netfilter.nftables.model.Chain;
import dev.tiaki.netfilter.nftables.model.Command;
import dev.tiaki.netfilter.nftables.model.Extras;
import dev.tiaki.netfilter.nftables.model.Identity;
import dev.tiaki.netfilter.nftables.model.NamedSet;
import dev.tiaki.netfilter.nftables.model.NftItem;
import dev.tiaki.netfilter.nftables.model.NftObject;
import dev.tiaki.netfilter.nftables.model.ObjectKind;
import dev.tiaki.netfilter.nftables.model.Rule;
import dev.tiaki.netfilter.nftables.model.Selection;
import dev.tiaki.netfilter.nftables.model.SelectionKind;
import dev.tiaki.netfilter.nftables.model.SetFlag;
import dev.tiaki.netfilter.nftables.model.Target;
import dev.tiaki.netfilter.nftables.rule.Expression;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How one table differs that is there and wanted. What cannot be changed in place (the type of a
 * set, the hook of a chain, a limit) makes the whole table be replaced, still in one transaction.
 */
final class TableDifference {
  private final TableContent present;
  private final TableContent wanted;
  private final List<String> lines = new ArrayList<>();
  private final List<NftItem> first = new ArrayList<>();
  private final List<NftItem> deletions = new ArrayList<>();
  private final List<NftItem> additions = new ArrayList<>();
  private final List<NftItem> last = new ArrayList<>();
  private boolean isReplaced;

  TableDifference(TableContent present, TableContent wanted) {
    this.present = present;
    this.wanted = wanted;
    chains();
    Map<String, NftObject> before = new LinkedHashMap<>(present.others());
    Map<String, NftObject> after = new LinkedHashMap<>(wanted.others());
    present.sets().values().forEach(set -> before.put(key(set), set));
    wanted.sets().values().forEach(set -> after.put(key(set), set));
    definitions(before, after);
    wanted.sets().values().forEach(this::elements);
    for (String chain : wanted.chains().keySet()) {
      rules(chain);
    }
  }

  private static String key(NamedSet set) {
    return TableContent.key(set.kind(), set.identity().name());
  }

  List<String> lines() {
    return lines;
  }

  List<NftItem> commands() {
    if (isReplaced) {
      List<NftItem> commands = new ArrayList<>(Additions.of(wanted));
      commands.addFirst(
          new Command.Delete(
              Target.Reference.table(wanted.table().family(), wanted.table().name())));
      return commands;
    }
    List<NftItem> commands = new ArrayList<>(first);
    commands.addAll(deletions);
    commands.addAll(additions);
    commands.addAll(last);
    return commands;
  }

  private void chains() {
    wanted
        .chains()
        .forEach((name, chain) -> {
          Chain before = present.chains().get(name);
          if (before == null) {
            lines.add("+ " + RulesetText.line(chain));
            first.add(new Command.Add(Additions.bare(chain)));
          } else if (!Canonical.definition(before).equals(Canonical.definition(chain))) {
            lines.add("- " + RulesetText.line(before));
            lines.add("+ " + RulesetText.line(chain));
            replaceOr(isOnlyPolicy(before.base(), chain.base()), chain);
          }
        });
    present
        .chains()
        .forEach((name, chain) -> {
          if (!wanted.chains().containsKey(name)) {
            lines.add("- " + RulesetText.line(chain));
            present.rules(name).forEach(rule -> lines.add("  - " + RulesetText.line(rule)));
            deletions.add(new Command.Flush(Selection.one(SelectionKind.CHAIN, chain.identity())));
            last.add(
                new Command.Delete(Target.Reference.named(ObjectKind.CHAIN, chain.identity())));
          }
        });
  }

  /** The kernel lets {@code add} change the policy of a chain, and nothing else of it. */
  private static boolean isOnlyPolicy(@Nullable BaseChain before, @Nullable BaseChain after) {
    return before != null
        && after != null
        && before.type() == after.type()
        && before.hook() == after.hook()
        && before.priority() == after.priority();
  }

  private void replaceOr(boolean isPossible, Chain chain) {
    if (isPossible) {
      first.add(new Command.Add(Additions.bare(Additions.withPolicy(chain))));
    } else {
      isReplaced = true;
    }
  }

  private void definitions(Map<String, NftObject> before, Map<String, NftObject> after) {
    after.forEach((key, object) -> {
      NftObject old = before.get(key);
      if (old == null) {
        lines.add("+ " + RulesetText.line(object));
        first.add(new Command.Add(Additions.bare(object)));
      } else if (!Canonical.definition(old).equals(Canonical.definition(object))) {
        lines.add("- " + RulesetText.line(old));
        lines.add("+ " + RulesetText.line(object));
        isReplaced = true;
      }
    });
    before.forEach((key, object) -> {
      if (!after.containsKey(key)) {
        lines.add("- " + RulesetText.line(object));
        String name = key.substring(object.kind().word().length() + 1);
        last.addFirst(
            new Command.Delete(
                Target.Reference.named(
                    object.kind(), Identity.of(object.family(), object.table(), name))));
      }
    });
  }

  private void elements(NamedSet set) {
    NamedSet before = present.sets().get(set.identity().name());
    if (before == null || before.isMap() != set.isMap()) {
      return;
    }
    SetDifference difference = new SetDifference(before, set, isState(before) || isState(set));
    String name = "elements of " + set.identity().name() + ": ";
    if (!difference.extra().isEmpty()) {
      lines.add("- " + name + RulesetText.elements(difference.extra()));
      List<Expression> keys = difference.extra().stream().map(Additions::withoutTime).toList();
      deletions.add(
          new Command.Delete(
              new Target.OfElements(set.identity().withHandle(null), keys, Extras.NONE)));
    }
    if (!difference.missing().isEmpty()) {
      lines.add("+ " + name + RulesetText.elements(difference.missing()));
      additions.add(new Command.Add(TableContent.elements(set, difference.missing())));
    }
  }

  /** Elements of sets with a timeout, or that rules fill, are not what somebody wrote. */
  private boolean isState(NamedSet set) {
    String reference = "\"@" + set.identity().name() + "\"";
    return set.flags().contains(SetFlag.TIMEOUT)
        || set.flags().contains(SetFlag.DYNAMIC)
        || wanted.chains().keySet().stream()
            .flatMap(chain -> wanted.rules(chain).stream())
            .anyMatch(rule -> isFilledBy(rule, reference));
  }

  private static boolean isFilledBy(Rule rule, String reference) {
    return rule.statements().stream()
        .map(NftWriter.DEFAULT::toText)
        .anyMatch(text ->
            (text.startsWith("{\"set\":") || text.startsWith("{\"map\":"))
                && text.contains(reference));
  }

  private void rules(String chain) {
    ChainDifference difference = new ChainDifference(present.rules(chain), wanted.rules(chain));
    if (!difference.lines().isEmpty()) {
      lines.add("  chain " + chain);
      difference.lines().forEach(line -> lines.add("  " + line));
    }
    deletions.addAll(difference.deletions());
    additions.addAll(difference.additions());
  }
}
