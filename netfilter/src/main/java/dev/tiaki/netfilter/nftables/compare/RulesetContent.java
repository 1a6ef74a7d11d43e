package dev.tiaki.netfilter.nftables.compare;

import dev.tiaki.netfilter.nftables.model.Chain;
import dev.tiaki.netfilter.nftables.model.Command;
import dev.tiaki.netfilter.nftables.model.Elements;
import dev.tiaki.netfilter.nftables.model.Flowtable;
import dev.tiaki.netfilter.nftables.model.Identity;
import dev.tiaki.netfilter.nftables.model.NamedSet;
import dev.tiaki.netfilter.nftables.model.NftDocument;
import dev.tiaki.netfilter.nftables.model.NftItem;
import dev.tiaki.netfilter.nftables.model.NftObject;
import dev.tiaki.netfilter.nftables.model.Rule;
import dev.tiaki.netfilter.nftables.model.Selection;
import dev.tiaki.netfilter.nftables.model.SelectionKind;
import dev.tiaki.netfilter.nftables.model.StatefulObject;
import dev.tiaki.netfilter.nftables.model.Table;
import dev.tiaki.netfilter.nftables.model.Target;
import dev.tiaki.netfilter.nftables.model.UnknownObject;
import dev.tiaki.netfilter.nftables.rule.NftFamily;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The ruleset that a document makes of an empty one. A listing is such a document; so are the usual
 * files that flush, add tables and fill them.
 */
public final class RulesetContent {
  private final Map<TableName, TableContent> tables = new LinkedHashMap<>();
  private final Map<TableName, Boolean> named = new LinkedHashMap<>();
  private boolean isWhole;
  private int command;

  /**
   * What a table is told by.
   *
   * @param family of the table
   * @param name unique in the family
   */
  record TableName(NftFamily family, String name) {}

  private RulesetContent() {}

  /**
   * Reads what a document makes.
   *
   * @throws UnclearRuleset when a command refers to something that the document does not hold
   */
  public static RulesetContent of(NftDocument document) throws UnclearRuleset {
    RulesetContent content = new RulesetContent();
    for (NftItem item : document.items()) {
      if (item instanceof NftObject object) {
        content.add(object);
      } else if (item instanceof Command known) {
        content.run(known);
      }
      content.command++;
    }
    return content;
  }

  Map<TableName, TableContent> tables() {
    return tables;
  }

  /** Tells whether it says what becomes of this table, be it that it is not there. */
  boolean speaksOf(TableName name) {
    return isWhole || named.containsKey(name);
  }

  private UnclearRuleset unclear(String reason) {
    return new UnclearRuleset(command, reason);
  }

  private void run(Command known) throws UnclearRuleset {
    switch (known) {
      case Command.Add(NftObject object) -> add(object);
      case Command.Create(NftObject object) -> add(object);
      case Command.Insert(Rule rule) -> insert(rule);
      case Command.Replace _ -> throw unclear("which rule is replaced only the kernel knows");
      case Command.Delete(Target target) -> delete(target);
      case Command.Destroy(Target target) -> delete(target);
      case Command.Flush(Selection selection) -> flush(selection);
      case Command.Rename(Identity chain, String name) -> rename(chain, name);
      case Command.Listing _, Command.Reset _ -> {} // they make nothing
    }
  }

  private TableContent table(NftFamily family, String name) throws UnclearRuleset {
    TableContent content = tables.get(new TableName(family, name));
    if (content == null) {
      throw unclear("the document has no table " + family.word() + " " + name);
    }
    return content;
  }

  private void add(NftObject object) throws UnclearRuleset {
    if (object instanceof Table table) {
      TableName name = new TableName(table.family(), table.name());
      tables.putIfAbsent(name, new TableContent(table));
      named.put(name, true);
      return;
    }
    TableContent content = table(object.family(), object.table());
    switch (object) {
      case Chain chain -> content.chains().put(chain.identity().name(), chain);
      case NamedSet set -> content.sets().putIfAbsent(set.identity().name(), set);
      case Elements elements ->
          content.addElements(set(content, elements.identity()), elements.elements());
      case Rule rule -> append(content, rule);
      case Flowtable table -> other(content, object, table.identity().name());
      case StatefulObject stateful -> other(content, object, stateful.identity().name());
      case UnknownObject unknown -> other(content, object, String.valueOf(unknown.name()));
      case Table _ -> throw new IllegalStateException("tables came first");
    }
  }

  private static void other(TableContent content, NftObject object, String name) {
    content.others().putIfAbsent(TableContent.key(object.kind(), name), object);
  }

  private NamedSet set(TableContent content, Identity identity) throws UnclearRuleset {
    NamedSet set = content.sets().get(identity.name());
    if (set == null) {
      throw unclear("the document has no set " + identity.name());
    }
    return set;
  }

  /** In listings the handle is the rule's own, in commands that of a neighbour we cannot know. */
  private void append(TableContent content, Rule rule) throws UnclearRuleset {
    List<Rule> rules = content.rules(rule.chain().name());
    Integer index = rule.index();
    if (index == null) {
      rules.add(rule);
    } else if (index >= 0 && index < rules.size()) {
      rules.add(index + 1, rule);
    } else {
      throw unclear("there is no rule with index " + index);
    }
  }

  private void insert(Rule rule) throws UnclearRuleset {
    List<Rule> rules = table(rule.family(), rule.table()).rules(rule.chain().name());
    Integer index = rule.index();
    boolean isOutside = index != null && (index < 0 || index >= rules.size());
    if (rule.handle() != null || isOutside) {
      throw unclear("where the rule is inserted only the kernel knows");
    }
    rules.add(index == null ? 0 : index, rule);
  }

  private void delete(Target target) throws UnclearRuleset {
    if (!(target instanceof Target.Reference reference) || named(reference) == null) {
      throw unclear("what is deleted by handle or as an element only the kernel knows");
    }
    String name = Objects.requireNonNull(named(reference));
    TableName table = new TableName(reference.family(), String.valueOf(reference.table()));
    switch (reference.kind()) {
      case TABLE -> {
        tables.remove(table);
        named.put(table, true);
      }
      case CHAIN -> {
        TableContent content = table(table.family(), table.name());
        content.chains().remove(name);
        content.rules(name).clear();
      }
      case SET, MAP -> table(table.family(), table.name()).sets().remove(name);
      default ->
          table(table.family(), table.name())
              .others()
              .remove(TableContent.key(reference.kind(), name));
    }
  }

  /** Rules have the name of their chain there, which does not tell which rule it is. */
  private static @Nullable String named(Target.Reference reference) {
    return switch (reference.kind()) {
      case TABLE -> reference.table();
      case RULE -> null;
      default -> reference.name();
    };
  }

  private void flush(Selection selection) throws UnclearRuleset {
    NftFamily family = selection.family();
    if (selection.kind() == SelectionKind.RULESET && family == null) {
      tables.clear();
      isWhole = true;
      return;
    }
    if (family == null || selection.table() == null) {
      throw unclear("what is flushed only the kernel knows");
    }
    TableName name = new TableName(family, selection.table());
    named.put(name, true);
    TableContent content =
        tables.computeIfAbsent(name, n -> new TableContent(Table.of(n.family(), n.name())));
    switch (selection.kind()) {
      case TABLE -> content.chains().keySet().forEach(chain -> content.rules(chain).clear());
      case CHAIN -> content.rules(String.valueOf(selection.name())).clear();
      case SET, MAP -> {
        NamedSet set = content.sets().get(String.valueOf(selection.name()));
        if (set != null) {
          content.sets().put(set.identity().name(), TableContent.with(set, List.of()));
        }
      }
      default -> {} // meters are of rules
    }
  }

  private void rename(Identity chain, String newName) throws UnclearRuleset {
    TableContent content = table(chain.family(), chain.table());
    Chain renamed = content.chains().remove(chain.name());
    if (renamed == null) {
      throw unclear("the document has no chain " + chain.name());
    }
    Identity identity = Identity.of(chain.family(), chain.table(), newName);
    content
        .chains()
        .put(newName, new Chain(identity, renamed.base(), renamed.comment(), renamed.extras()));
    List<Rule> moved = content.rules(newName);
    for (Rule rule : content.rules(chain.name())) {
      moved.add(new Rule(identity, rule.index(), rule.comment(), rule.statements(), rule.extras()));
    }
    content.rules(chain.name()).clear();
  }
}
