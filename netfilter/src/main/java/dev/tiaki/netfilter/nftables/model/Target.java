package dev.tiaki.netfilter.nftables.model;

import dev.tiaki.netfilter.nftables.rule.Expression;
import dev.tiaki.netfilter.nftables.rule.NftFamily;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a delete command names. */
public sealed interface Target {
  /** Returns the family of the table. */
  NftFamily family();

  /**
   * Something told by name or by handle.
   *
   * @param kind what kind of thing it is
   * @param family of the table
   * @param table the table's name; null when {@code kind} is a table told by its handle
   * @param name its own name, for a rule the chain's, or null
   * @param handle the kernel's number for it, or null
   * @param extras other properties: nftables passes over them, the monitor prints them
   */
  record Reference(
      ObjectKind kind,
      NftFamily family,
      @Nullable String table,
      @Nullable String name,
      @Nullable Long handle,
      Extras extras)
      implements Target {
    /** Returns a table. */
    public static Reference table(NftFamily family, String name) {
      return new Reference(ObjectKind.TABLE, family, name, null, null, Extras.NONE);
    }

    /** Returns something of this kind by its name. */
    public static Reference named(ObjectKind kind, Identity identity) {
      return new Reference(
          kind, identity.family(), identity.table(), identity.name(), null, Extras.NONE);
    }

    /** Returns a rule by its handle. */
    public static Reference rule(Identity chain, long handle) {
      return new Reference(
          ObjectKind.RULE, chain.family(), chain.table(), chain.name(), handle, Extras.NONE);
    }
  }

  /**
   * Elements of a set or map.
   *
   * @param set which; the handle is not used
   * @param elements keys, or pairs
   * @param extras unknown properties
   */
  record OfElements(Identity set, List<Expression> elements, Extras extras) implements Target {
    /** Copies the elements. */
    public OfElements {
      elements = List.copyOf(elements);
    }

    @Override
    public NftFamily family() {
      return set.family();
    }
  }
}
