package dev.tiaki.netfilter.nftables.model;

import dev.tiaki.netfilter.nftables.rule.Expression;
import java.util.List;

/** Of what type the keys of a set, or the data of a map, are. */
public sealed interface SetDatatype {
  /**
   * By name, {@code ipv4_addr} and the like; several for a concatenation. The data of a map may be
   * {@code verdict} or a kind of object.
   *
   * @param names one or more
   */
  record Named(List<String> names) implements SetDatatype {
    /** Copies the names. */
    public Named {
      names = List.copyOf(names);
    }

    /** Returns the type with these names. */
    public static Named of(String... names) {
      return new Named(List.of(names));
    }
  }

  /**
   * The type of an expression; in JSON since nftables 1.0.8.
   *
   * @param expression which
   */
  record TypeOf(Expression expression) implements SetDatatype {}
}
