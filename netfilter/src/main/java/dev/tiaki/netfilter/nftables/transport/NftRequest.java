package dev.tiaki.netfilter.nftables.transport;

/**
 * What one run of nft is given.
 *
 * @param document JSON
 * @param isDryRun true: everything is checked, by the kernel too, and nothing is done
 * @param isTerse true: elements of sets are left out of listings
 */
public record NftRequest(String document, boolean isDryRun, boolean isTerse) {
  /** Returns the request to do what a document says. */
  public static NftRequest run(String document) {
    return new NftRequest(document, false, false);
  }

  /** Returns the request to try a document only. */
  public static NftRequest dryRun(String document) {
    return new NftRequest(document, true, false);
  }
}
