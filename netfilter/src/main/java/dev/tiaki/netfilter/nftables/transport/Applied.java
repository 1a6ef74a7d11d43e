package dev.tiaki.netfilter.nftables.transport;

import dev.tiaki.netfilter.nftables.model.NftDocument;
import java.util.List;

/**
 * What became of a document that was applied.
 *
 * @param document the same commands, and in what they added the handles that the kernel chose
 * @param listings what each list and reset command of it printed, in order
 */
public record Applied(NftDocument document, List<NftDocument> listings) {
  /** Copies the listings. */
  public Applied {
    listings = List.copyOf(listings);
  }
}
