package dev.tiaki.netfilter.nftables.model;

import dev.tiaki.netfilter.nftables.rule.NftFamily;
import org.jspecify.annotations.Nullable;

/** Something a ruleset holds. */
public sealed interface NftObject extends NftItem permits Table, TableMember, Rule, UnknownObject {
  /** Returns what kind of thing it is. */
  ObjectKind kind();

  /** Returns the family of the table. */
  NftFamily family();

  /** Returns the name of the table. */
  String table();

  /** Returns the kernel's number for it, or null. */
  @Nullable Long handle();
}
