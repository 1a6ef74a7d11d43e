package dev.tiaki.netfilter.nftables.model;

import dev.tiaki.netfilter.nftables.rule.Expression;
import dev.tiaki.netfilter.nftables.rule.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A set with a name, or a map.
 *
 * @param identity what it is told by
 * @param type of its keys
 * @param data of what type its values are, or null: it is a set
 * @param policy what it is tuned for, or null: performance
 * @param flags what it can do
 * @param timeoutSeconds how long elements live, or null
 * @param gcIntervalSeconds how often dead elements are removed, or null
 * @param size how many elements at most, or null
 * @param autoMerge adjacent intervals become one; 1.0.6 passes over it
 * @param comment or null; 1.0.6 passes over it
 * @param statements the state each element has
 * @param elements values, {@link dev.tiaki.netfilter.nftables.rule.Composite.Element elements with
 *     properties}, or pairs when it is a map
 * @param extras unknown properties
 */
public record NamedSet(
    Identity identity,
    SetDatatype type,
    @Nullable SetDatatype data,
    @Nullable SetPolicy policy,
    List<SetFlag> flags,
    @Nullable Long timeoutSeconds,
    @Nullable Long gcIntervalSeconds,
    @Nullable Long size,
    boolean autoMerge,
    @Nullable String comment,
    List<Statement> statements,
    List<Expression> elements,
    Extras extras)
    implements TableMember {
  /** Copies the lists. */
  public NamedSet {
    flags = List.copyOf(flags);
    statements = List.copyOf(statements);
    elements = List.copyOf(elements);
  }

  /** Tells whether it maps its keys to something. */
  public boolean isMap() {
    return data != null;
  }

  @Override
  public ObjectKind kind() {
    return isMap() ? ObjectKind.MAP : ObjectKind.SET;
  }
}
