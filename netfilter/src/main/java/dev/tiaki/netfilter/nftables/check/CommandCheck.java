package dev.tiaki.netfilter.nftables.check;

import dev.tiaki.netfilter.nftables.model.BaseChain;
import dev.tiaki.netfilter.nftables.model.Chain;
import dev.tiaki.netfilter.nftables.model.Command;
import dev.tiaki.netfilter.nftables.model.Elements;
import dev.tiaki.netfilter.nftables.model.Flowtable;
import dev.tiaki.netfilter.nftables.model.Identity;
import dev.tiaki.netfilter.nftables.model.NamedSet;
import dev.tiaki.netfilter.nftables.model.NftObject;
import dev.tiaki.netfilter.nftables.model.Rule;
import dev.tiaki.netfilter.nftables.model.StatefulObject;
import dev.tiaki.netfilter.nftables.model.Table;
import dev.tiaki.netfilter.nftables.model.TableMember;
import dev.tiaki.netfilter.nftables.model.Target;
import dev.tiaki.netfilter.nftables.model.UnknownObject;
import dev.tiaki.netfilter.nftables.rule.Composite;
import dev.tiaki.netfilter.nftables.rule.Expression;
import dev.tiaki.netfilter.nftables.version.Feature;
import dev.tiaki.netfilter.nftables.version.NftVersion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Commands of one document, in order: what earlier ones define is known to later ones. */
final class CommandCheck {
  private final NftVersion version;
  private final SelectionCheck selections;
  private final Map<String, BaseChain> chains = new HashMap<>();
  private final Map<String, Map<String, Typed>> sets = new HashMap<>();

  CommandCheck(NftVersion version) {
    this.version = version;
    this.selections = new SelectionCheck(version);
  }

  void check(Command command, Pointer at) {
    switch (command) {
      case Command.Add(NftObject object) -> {
        if (object instanceof Rule rule) {
          added(rule, at.at("add").at("rule"));
        }
        object(object, at.at("add"));
      }
      case Command.Create(NftObject object) -> {
        if (object instanceof Rule) {
          throw new Refusal(at.at("create").at("rule"), "rules are added, not created");
        }
        object(object, at.at("create"));
      }
      case Command.Insert(Rule rule) -> {
        place(rule, at.at("insert").at("rule"));
        object(rule, at.at("insert"));
      }
      case Command.Replace(Rule rule) -> {
        SelectionCheck.require(rule.handle() != null, "handle", at.at("replace").at("rule"));
        object(rule, at.at("replace"));
      }
      case Command.Delete(Target target) -> target(target, at.at("delete"));
      case Command.Destroy(Target target) -> {
        Scope.need(version, Feature.DESTROY, at.at("destroy"));
        target(target, at.at("destroy"));
      }
      case Command.Listing(var selection) -> selections.list(selection, at.at("list"));
      case Command.Reset(var selection) -> selections.reset(selection, at.at("reset"));
      case Command.Flush(var selection) -> selections.flush(selection, at.at("flush"));
      case Command.Rename(Identity chain, String newName) -> {
        names(chain, at.at("rename").at("chain"));
        Names.check(newName, at.at("rename").at("chain").at("newname"));
      }
    }
  }

  private void added(Rule rule, Pointer at) {
    if (rule.handle() != null) {
      Scope.need(version, Feature.ADD_BEHIND_HANDLE, at.at("handle"));
    }
    place(rule, at);
  }

  private static void place(Rule rule, Pointer at) {
    Integer index = rule.index();
    if (index != null && index < 0) {
      throw new Refusal(at.at("index"), "0 or more is expected, not " + index);
    }
    if (index != null && rule.handle() != null) {
      throw new Refusal(at.at("index"), "handle and index exclude each other");
    }
  }

  private void target(Target target, Pointer at) {
    switch (target) {
      case Target.Reference reference -> selections.target(reference, at);
      case Target.OfElements(Identity set, List<Expression> elements, var _) -> {
        names(set, at.at("element"));
        elements(set, elements, at.at("element").at("elem"));
      }
    }
  }

  private static void names(Identity identity, Pointer at) {
    Names.check(identity.table(), at.at("table"));
    Names.check(identity.name(), at.at("name"));
  }

  /** Checks an object that is added. */
  void object(NftObject object, Pointer at) {
    Pointer inside = at.at(object.kind().word());
    if (object instanceof TableMember member) {
      names(member.identity(), inside);
    }
    switch (object) {
      case Table table -> table(table, inside);
      case Chain chain -> {
        new ChainCheck(version).check(chain, inside);
        BaseChain base = chain.base();
        if (base != null) {
          chains.put(key(chain.identity()), base);
        }
      }
      case Rule rule -> rule(rule, inside);
      case NamedSet set ->
          sets.computeIfAbsent(tableKey(set), _ -> new HashMap<>())
              .put(set.identity().name(), new SetCheck(version).check(set, inside));
      case Elements elements ->
          elements(elements.identity(), elements.elements(), inside.at("elem"));
      case Flowtable flowtable -> new ObjectCheck(version).flowtable(flowtable, inside);
      case StatefulObject stateful -> new ObjectCheck(version).check(stateful, inside);
      case UnknownObject _ -> throw new Refusal(inside, "this object is not known wholly");
    }
  }

  private static String key(Identity identity) {
    return identity.family().word() + " " + identity.table() + " " + identity.name();
  }

  private static String tableKey(NftObject object) {
    return object.family().word() + " " + object.table();
  }

  private void table(Table table, Pointer at) {
    Names.check(table.name(), at.at("name"));
    if (!table.flags().isEmpty()) {
      Scope.need(version, Feature.TABLE_FLAGS, at.at("flags"));
    }
    if (table.comment() != null) {
      Scope.need(version, Feature.TABLE_COMMENT, at.at("comment"));
      SetElementCheck.comment(table.comment(), at.at("comment"));
    }
  }

  private void rule(Rule rule, Pointer at) {
    Names.check(rule.table(), at.at("table"));
    Names.check(rule.chain().name(), at.at("chain"));
    String comment = rule.comment();
    if (comment != null && comment.length() > 255) {
      throw new Refusal(at.at("comment"), "a comment has 255 characters at most");
    }
    Scope scope =
        Scope.of(
            version,
            rule.family(),
            chains.get(key(rule.chain())),
            sets.getOrDefault(tableKey(rule), Map.of()));
    new StatementCheck(scope).rule(rule.statements(), at.at("expr"));
  }

  /** Elements of a set that the document does not define have no known type. */
  private void elements(Identity set, List<Expression> elements, Pointer at) {
    Typed like =
        sets.getOrDefault(set.family().word() + " " + set.table(), Map.of()).get(set.name());
    Scope scope = Scope.of(version, set.family(), null, Map.of());
    ExpressionCheck expressions = new ExpressionCheck(scope);
    new Places(version).set(elements, Places.ANYWHERE, at);
    for (int i = 0; like != null && i < elements.size(); i++) {
      Expression key =
          elements.get(i) instanceof Composite.Pair pair ? pair.key() : elements.get(i);
      expressions.elements().key(key, like, at.at(i));
    }
  }
}
