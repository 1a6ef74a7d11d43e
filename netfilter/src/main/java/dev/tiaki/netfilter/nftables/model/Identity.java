package dev.tiaki.netfilter.nftables.model;

import dev.tiaki.netfilter.nftables.rule.NftFamily;
import org.jspecify.annotations.Nullable;

/**
 * What something in a table is told by.
 *
 * @param family of the table
 * @param table the table's name
 * @param name its own name; of a rule: the chain's
 * @param handle the kernel's number for it, or null before the kernel gave one
 */
public record Identity(NftFamily family, String table, String name, @Nullable Long handle) {
  /** Returns an identity without a handle. */
  public static Identity of(NftFamily family, String table, String name) {
    return new Identity(family, table, name, null);
  }

  /** Returns the same with this handle. */
  public Identity withHandle(@Nullable Long newHandle) {
    return new Identity(family, table, name, newHandle);
  }
}
