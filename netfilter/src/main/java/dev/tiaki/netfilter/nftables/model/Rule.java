package dev.tiaki.netfilter.nftables.model;

import dev.tiaki.netfilter.nftables.rule.NftFamily;
import dev.tiaki.netfilter.nftables.rule.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule of a chain.
 *
 * @param chain the chain; the handle in it is the rule's own, or the one it is put next to
 * @param index put after (add) or before (insert) the rule with this number from 0, or null
 * @param comment or null
 * @param statements what it does; empty is allowed and does nothing
 * @param extras unknown properties
 */
public record Rule(
    Identity chain,
    @Nullable Integer index,
    @Nullable String comment,
    List<Statement> statements,
    Extras extras)
    implements NftObject {
  /** Copies the statements. */
  public Rule {
    statements = List.copyOf(statements);
  }

  /** Returns a rule without handle, index and comment. */
  public static Rule of(Identity chain, List<Statement> statements) {
    return new Rule(chain, null, null, statements, Extras.NONE);
  }

  @Override
  public ObjectKind kind() {
    return ObjectKind.RULE;
  }

  @Override
  public NftFamily family() {
    return chain.family();
  }

  @Override
  public String table() {
    return chain.table();
  }

  @Override
  public @Nullable Long handle() {
    return chain.handle();
  }
}
