package dev.tiaki.netfilter.nftables.check;

import dev.tiaki.netfilter.nftables.model.Command;
import dev.tiaki.netfilter.nftables.model.Metainfo;
import dev.tiaki.netfilter.nftables.model.NftDocument;
import dev.tiaki.netfilter.nftables.model.NftItem;
import dev.tiaki.netfilter.nftables.model.NftObject;
import dev.tiaki.netfilter.nftables.model.UnknownItem;
import dev.tiaki.netfilter.nftables.version.NftVersion;
import java.util.List;
import java.util.Optional;

/**
 * Whether a release of nftables takes a document with the meaning it states. What the document
 * refers to and does not hold itself is not looked for, and whether the kernel has what the
 * document asks for is not asked either.
 */
public final class DocumentCheck {
  private static final int SCHEMA_VERSION = 1;

  private final NftVersion version;

  private DocumentCheck(NftVersion version) {
    this.version = version;
  }

  /** Returns the check for a release. */
  public static DocumentCheck of(NftVersion version) {
    return new DocumentCheck(version);
  }

  /** Returns the release. */
  public NftVersion version() {
    return version;
  }

  /** Returns the first problem, or none when the document is taken. */
  public Optional<NftProblem> check(NftDocument document) {
    List<NftItem> items = document.items();
    CommandCheck commands = new CommandCheck(version);
    for (int i = 0; i < items.size(); i++) {
      try {
        item(items.get(i), commands, Pointer.ROOT.at("nftables").at(i));
      } catch (Refusal refusal) {
        return Optional.of(new NftProblem(i, refusal.pointer().toString(), refusal.reason()));
      }
    }
    return Optional.empty();
  }

  private static void item(NftItem item, CommandCheck commands, Pointer at) {
    switch (item) {
      case Metainfo metainfo -> metainfo(metainfo, at.at("metainfo"));
      case Command command -> commands.check(command, at);
      case NftObject object -> commands.object(object, at);
      case UnknownItem _ -> throw new Refusal(at, "this command or object is not known");
    }
  }

  private static void metainfo(Metainfo metainfo, Pointer at) {
    Integer schema = metainfo.schemaVersion();
    if (schema != null && schema > SCHEMA_VERSION) {
      throw new Refusal(
          at.at("json_schema_version"), "schema version " + schema + " is not supported");
    }
  }
}
