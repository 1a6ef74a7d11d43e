package dev.tiaki.netfilter.nftables.model;

import dev.tiaki.netfilter.nftables.rule.NftFamily;
import org.jspecify.annotations.Nullable;

/** Something in a table that is told by an {@link Identity}. */
public sealed interface TableMember extends NftObject
    permits Chain, NamedSet, Elements, Flowtable, StatefulObject {
  /** Returns what it is told by. */
  Identity identity();

  @Override
  default NftFamily family() {
    return identity().family();
  }

  @Override
  default String table() {
    return identity().table();
  }

  @Override
  default @Nullable Long handle() {
    return identity().handle();
  }
}
