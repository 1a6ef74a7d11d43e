package dev.tiaki.netfilter.nftables.model;

import dev.tiaki.netfilter.nftables.rule.NftFamily;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table.
 *
 * @param family of its chains
 * @param name unique in the family
 * @param handle the kernel's number for it, or null
 * @param flags since nftables 1.0.8; 1.0.6 passes over them
 * @param comment since nftables 1.0.8, or null
 * @param extras unknown properties
 */
public record Table(
    NftFamily family,
    String name,
    @Nullable Long handle,
    List<TableFlag> flags,
    @Nullable String comment,
    Extras extras)
    implements NftObject {
  /** Copies the flags. */
  public Table {
    flags = List.copyOf(flags);
  }

  /** Returns a table without flags and comment. */
  public static Table of(NftFamily family, String name) {
    return new Table(family, name, null, List.of(), null, Extras.NONE);
  }

  @Override
  public ObjectKind kind() {
    return ObjectKind.TABLE;
  }

  @Override
  public String table() {
    return name;
  }
}
