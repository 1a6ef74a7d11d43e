package dev.tiaki.netfilter.nftables.model;

import dev.tiaki.netfilter.nftables.rule.Expression;
import dev.tiaki.netfilter.nftables.rule.NftFamily;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a list, reset or flush command names.
 *
 * @param kind one thing or all of a kind
 * @param family of the table, or null: all
 * @param table the table's name, or null: all
 * @param name its own name, for rules the chain's, or null
 * @param handle of a rule, or null
 * @param elements of a set, else empty
 * @param extras unknown properties
 */
public record Selection(
    SelectionKind kind,
    @Nullable NftFamily family,
    @Nullable String table,
    @Nullable String name,
    @Nullable Long handle,
    List<Expression> elements,
    Extras extras) {
  /** Copies the elements. */
  public Selection {
    elements = List.copyOf(elements);
  }

  /** Returns the whole ruleset. */
  public static Selection ruleset() {
    return all(SelectionKind.RULESET, null);
  }

  /** Returns everything of a kind, in one family or in all. */
  public static Selection all(SelectionKind kind, @Nullable NftFamily family) {
    return new Selection(kind, family, null, null, null, List.of(), Extras.NONE);
  }

  /** Returns a table. */
  public static Selection table(NftFamily family, String name) {
    return new Selection(SelectionKind.TABLE, family, name, null, null, List.of(), Extras.NONE);
  }

  /** Returns one thing of a table. */
  public static Selection one(SelectionKind kind, Identity identity) {
    return new Selection(
        kind, identity.family(), identity.table(), identity.name(), null, List.of(), Extras.NONE);
  }
}
