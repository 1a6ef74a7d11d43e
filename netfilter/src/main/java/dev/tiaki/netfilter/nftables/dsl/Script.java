package dev.tiaki.netfilter.nftables.dsl;

import dev.tiaki.netfilter.nftables.model.BaseChain;
import dev.tiaki.netfilter.nftables.model.Chain;
import dev.tiaki.netfilter.nftables.model.ChainHook;
import dev.tiaki.netfilter.nftables.model.ChainPolicy;
import dev.tiaki.netfilter.nftables.model.ChainType;
import dev.tiaki.netfilter.nftables.model.Command;
import dev.tiaki.netfilter.nftables.model.Elements;
import dev.tiaki.netfilter.nftables.model.Extras;
import dev.tiaki.netfilter.nftables.model.Identity;
import dev.tiaki.netfilter.nftables.model.NamedSet;
import dev.tiaki.netfilter.nftables.model.NftDocument;
import dev.tiaki.netfilter.nftables.model.NftItem;
import dev.tiaki.netfilter.nftables.model.Rule;
import dev.tiaki.netfilter.nftables.model.SetDatatype;
import dev.tiaki.netfilter.nftables.model.SetFlag;
import dev.tiaki.netfilter.nftables.model.Table;
import dev.tiaki.netfilter.nftables.model.Target;
import dev.tiaki.netfilter.nftables.rule.Expression;
import dev.tiaki.netfilter.nftables.rule.NftFamily;
import dev.tiaki.netfilter.nftables.rule.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A document that makes one table, command by command. Not for several threads.
 *
 * <pre>{@code
 * NftDocument document =
 *     Script.table(NftFamily.INET, "guard")
 *         .chain("input", ChainType.FILTER, ChainHook.INPUT, 0, ChainPolicy.DROP)
 *         .rule("input", ct().state().any(ESTABLISHED, RELATED), accept())
 *         .rule("input", tcp().dport().eq(22), accept())
 *         .document();
 * }</pre>
 */
public final class Script {
  private final NftFamily family;
  private final String table;
  private final List<NftItem> items = new ArrayList<>();

  private Script(NftFamily family, String table) {
    this.family = family;
    this.table = table;
  }

  /** Begins a document that adds a table; what is in it already stays. */
  public static Script table(NftFamily family, String name) {
    Script script = new Script(family, name);
    return script.add(new Command.Add(Table.of(family, name)));
  }

  /** Begins a document that makes a table anew: what was in it is gone, in the same transaction. */
  public static Script replaceTable(NftFamily family, String name) {
    return table(family, name)
        .add(new Command.Delete(Target.Reference.table(family, name)))
        .add(new Command.Add(Table.of(family, name)));
  }

  /** Begins a document that changes a table which is there. */
  public static Script in(NftFamily family, String name) {
    return new Script(family, name);
  }

  private Script add(NftItem item) {
    items.add(item);
    return this;
  }

  private Identity named(String name) {
    return Identity.of(family, table, name);
  }

  /** Adds a base chain. */
  public Script chain(
      String name, ChainType type, ChainHook hook, int priority, @Nullable ChainPolicy policy) {
    BaseChain base = new BaseChain(type, hook, priority, List.of(), policy);
    return add(new Command.Add(Chain.base(named(name), base)));
  }

  /** Adds a chain that other chains call. */
  public Script chain(String name) {
    return add(new Command.Add(Chain.regular(named(name))));
  }

  /** Adds a rule to a chain. */
  public Script rule(String chain, Statement... statements) {
    return add(new Command.Add(Rule.of(named(chain), List.of(statements))));
  }

  /** Adds a rule with a comment to a chain. */
  public Script commentedRule(String chain, String comment, Statement... statements) {
    return add(
        new Command.Add(new Rule(named(chain), null, comment, List.of(statements), Extras.NONE)));
  }

  /** Adds a set of keys of these types. */
  public Script set(String name, List<String> types, SetFlag... flags) {
    return add(new Command.Add(set(name, types, null, List.of(flags))));
  }

  /** Adds a map from keys of these types to data of this one. */
  public Script map(String name, List<String> types, String data, SetFlag... flags) {
    return add(new Command.Add(set(name, types, SetDatatype.Named.of(data), List.of(flags))));
  }

  private NamedSet set(
      String name, List<String> types, @Nullable SetDatatype data, List<SetFlag> flags) {
    return new NamedSet(
        named(name),
        new SetDatatype.Named(types),
        data,
        null,
        flags,
        null,
        null,
        null,
        false,
        null,
        List.of(),
        List.of(),
        Extras.NONE);
  }

  /** Adds elements to a set or map. */
  public Script elements(String set, Expression... elements) {
    return add(new Command.Add(Elements.of(named(set), List.of(elements))));
  }

  /** Adds any other command. */
  public Script command(Command command) {
    return add(command);
  }

  /** Returns the document. */
  public NftDocument document() {
    return new NftDocument(items);
  }
}
