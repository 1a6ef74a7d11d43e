package dev.tiaki.netfilter.nftables.check;

import dev.tiaki.netfilter.nftables.model.Metainfo;
import dev.tiaki.netfilter.nftables.model.NftDocument;
import dev.tiaki.netfilter.nftables.model.NftItem;
import dev.tiaki.netfilter.nftables.version.NftVersion;
import java.util.List;
import java.util.Optional;

/**
 * Whether a release of nftables takes a document with the meaning it states. What the document
 * refers to and does not hold itself is not looked for.
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
    for (int i = 0; i < items.size(); i++) {
      try {
        item(items.get(i), Pointer.ROOT.at("nftables").at(i));
      } catch (Refusal refusal) {
        return Optional.of(new NftProblem(i, refusal.pointer().toString(), refusal.reason()));
      }
    }
    return Optional.empty();
  }

  private static void item(NftItem item, Pointer at) {
    if (item instanceof Metainfo metainfo) {
      Integer schema = metainfo.schemaVersion();
      if (schema != null && schema > SCHEMA_VERSION) {
        throw new Refusal(
            at.at("metainfo").at("json_schema_version"),
            "schema version " + schema + " is not supported");
      }
    }
  }
}
