package dev.tiaki.netfilter.nftables.transport;

import dev.tiaki.netfilter.nftables.model.Command;
import dev.tiaki.netfilter.nftables.model.NftDocument;
import dev.tiaki.netfilter.nftables.model.NftItem;
import dev.tiaki.netfilter.nftables.model.NftObject;
import dev.tiaki.netfilter.nftables.model.Table;
import dev.tiaki.netfilter.nftables.model.Target;
import dev.tiaki.netfilter.nftables.rule.NftFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A table that belongs to one program: made, replaced and removed as a whole, each in one step. */
public final class OwnTable {
  private final Nftables nftables;
  private final NftFamily family;
  private final String name;

  OwnTable(Nftables nftables, NftFamily family, String name) {
    this.nftables = nftables;
    this.family = family;
    this.name = name;
  }

  /**
   * Puts these objects (chains before their rules) into the table in place of all that was in it.
   * No packet sees the table half full.
   *
   * @return the table as it was made, with handles
   * @throws NftException when it was refused; the table is as before then
   */
  public Applied replace(List<? extends NftObject> content) throws NftException {
    List<NftItem> items = new ArrayList<>(absent());
    items.add(new Command.Add(Table.of(family, name)));
    for (NftObject object : content) {
      if (object.family() != family || !object.table().equals(name)) {
        throw new IllegalArgumentException(
            "object of table " + object.family().word() + " " + object.table());
      }
      items.add(new Command.Add(object));
    }
    return nftables.apply(new NftDocument(items));
  }

  /** Returns the table as the kernel has it, or nothing when it is not there. */
  public Optional<NftDocument> list() throws NftException {
    return nftables.table(family, name);
  }

  /** Removes the table, whether it is there or not. */
  public void remove() throws NftException {
    nftables.apply(new NftDocument(absent()));
  }

  /** To add before deleting is what works whether the table is there or not, in every release. */
  private List<NftItem> absent() {
    return List.of(
        new Command.Add(Table.of(family, name)),
        new Command.Delete(Target.Reference.table(family, name)));
  }
}
