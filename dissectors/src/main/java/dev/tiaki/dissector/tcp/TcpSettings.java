package dev.tiaki.dissector.tcp;

/**
 * How TCP packets are treated.
 *
 * @param verifyChecksums which checksums are verified
 * @param mtuBytes the largest IP packet that an edited segment may become, before it is split
 * @param keepsJoined whether a segment that came larger than that, joined from several, may leave
 *     as large as it came: nothing but a capture carries it
 */
public record TcpSettings(VerifyChecksums verifyChecksums, int mtuBytes, boolean keepsJoined) {
  /** Checksums are verified where they matter; segments fit Ethernet's MTU of 1 500 bytes. */
  public static final TcpSettings DEFAULTS = new TcpSettings(VerifyChecksums.AUTO, 1500, true);

  /** Refuses an MTU below what every IPv4 link must carry, 68 bytes (RFC 791). */
  public TcpSettings {
    if (mtuBytes < 68) {
      throw new IllegalArgumentException("mtuBytes=" + mtuBytes);
    }
  }
}
