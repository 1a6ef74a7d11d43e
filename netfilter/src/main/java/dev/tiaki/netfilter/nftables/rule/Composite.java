package dev.tiaki.netfilter.nftables.rule;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Several expressions that stand together. */
public sealed interface Composite extends Expression {
  /**
   * Several values side by side, as the key of a set; {@code a . b} in nftables.
   *
   * @param parts in order
   */
  record Concatenation(List<Expression> parts) implements Composite {
    /** Copies the parts. */
    public Concatenation {
      parts = List.copyOf(parts);
    }
  }

  /**
   * Flags that are joined; a plain array.
   *
   * @param items the flags
   */
  record Flags(List<Expression> items) implements Composite {
    /** Copies the items. */
    public Flags {
      items = List.copyOf(items);
    }
  }

  /**
   * A set without a name.
   *
   * @param elements values, or {@link Pair pairs} when it is a map
   */
  record AnonymousSet(List<Expression> elements) implements Composite {
    /** Copies the elements. */
    public AnonymousSet {
      elements = List.copyOf(elements);
    }
  }

  /**
   * An element of a map.
   *
   * @param key what is looked up
   * @param value what the map holds for it
   */
  record Pair(Expression key, Expression value) implements Composite {}

  /**
   * An element of a set with what belongs to it.
   *
   * @param value the element
   * @param timeoutSeconds how long it lives, or null
   * @param expiresSeconds how long it still lives, or null
   * @param comment or null
   * @param state counters, quotas and limits of the element
   */
  record Element(
      Expression value,
      @Nullable Long timeoutSeconds,
      @Nullable Long expiresSeconds,
      @Nullable String comment,
      List<Statement> state)
      implements Composite {
    /** Copies the state. */
    public Element {
      state = List.copyOf(state);
    }

    /** Returns an element that lives so long. */
    public static Element of(Expression value, @Nullable Long timeoutSeconds) {
      return new Element(value, timeoutSeconds, null, null, List.of());
    }
  }
}
