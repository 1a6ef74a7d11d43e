package dev.tiaki.netfilter.nftables.model;

import dev.tiaki.netfilter.nftables.rule.Expression;
import java.util.List;

/**
 * Elements of a set or map, to be added or deleted.
 *
 * @param identity of the set
 * @param elements one or more
 * @param extras unknown properties
 */
public record Elements(Identity identity, List<Expression> elements, Extras extras)
    implements TableMember {
  /** Copies the elements. */
  public Elements {
    elements = List.copyOf(elements);
  }

  /** Returns these elements of a set. */
  public static Elements of(Identity set, List<Expression> elements) {
    return new Elements(set, elements, Extras.NONE);
  }

  @Override
  public ObjectKind kind() {
    return ObjectKind.ELEMENT;
  }
}
