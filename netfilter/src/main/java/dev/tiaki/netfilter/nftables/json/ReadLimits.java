package dev.tiaki.netfilter.nftables.json;

/**
 * How big a document may be.
 *
 * @param documentBytes octets of the text
 * @param depth of arrays and objects in each other
 * @param textLength characters of one string
 */
public record ReadLimits(long documentBytes, int depth, int textLength) {
  /** 128 MiB, 64 levels, 65536 characters: far more than rulesets need. */
  public static final ReadLimits DEFAULTS = new ReadLimits(128L << 20, 64, 1 << 16);

  /** Checks that every bound is positive. */
  public ReadLimits {
    if (documentBytes < 1 || depth < 1 || textLength < 1) {
      throw new IllegalArgumentException(
          "documentBytes=" + documentBytes + " depth=" + depth + " textLength=" + textLength);
    }
  }
}
