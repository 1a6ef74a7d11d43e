package dev.tiaki.netfilter.nftables.transport;

import dev.tiaki.netfilter.nftables.check.Pointer;
import dev.tiaki.netfilter.nftables.model.Command;
import dev.tiaki.netfilter.nftables.model.Metainfo;
import dev.tiaki.netfilter.nftables.model.NftItem;
import dev.tiaki.netfilter.nftables.model.NftObject;
import dev.tiaki.netfilter.nftables.model.ObjectKind;
import dev.tiaki.netfilter.nftables.model.Target;
import dev.tiaki.netfilter.nftables.model.UnknownItem;

/** Where the object of an item stands in the JSON of its document. */
final class ItemPointer {
  private ItemPointer() {}

  static Pointer of(NftItem item, int index) {
    Pointer at = Pointer.ROOT.at("nftables").at(index);
    return switch (item) {
      case Metainfo _ -> at.at("metainfo");
      case UnknownItem _ -> at;
      case NftObject object -> at.at(object.kind().word());
      case Command.Add(NftObject object) -> at.at("add").at(object.kind().word());
      case Command.Create(NftObject object) -> at.at("create").at(object.kind().word());
      case Command.Insert _ -> at.at("insert").at(ObjectKind.RULE.word());
      case Command.Replace _ -> at.at("replace").at(ObjectKind.RULE.word());
      case Command.Delete(Target target) -> at.at("delete").at(kind(target));
      case Command.Destroy(Target target) -> at.at("destroy").at(kind(target));
      case Command.Listing listing -> at.at("list").at(listing.selection().kind().word());
      case Command.Reset reset -> at.at("reset").at(reset.selection().kind().word());
      case Command.Flush flush -> at.at("flush").at(flush.selection().kind().word());
      case Command.Rename _ -> at.at("rename").at(ObjectKind.CHAIN.word());
    };
  }

  private static String kind(Target target) {
    return switch (target) {
      case Target.Reference reference -> reference.kind().word();
      case Target.OfElements _ -> ObjectKind.ELEMENT.word();
    };
  }
}
