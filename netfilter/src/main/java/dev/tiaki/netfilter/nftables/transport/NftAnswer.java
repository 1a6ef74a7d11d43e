package dev.tiaki.netfilter.nftables.transport;

/**
 * How one run of nft ended.
 *
 * @param exitStatus 0 when it says that all went well; from 128 on, 128 and the signal that ended
 *     it
 * @param output what it printed: listings, one JSON document on a line each, then the echo
 * @param errors what it printed to standard error
 */
public record NftAnswer(int exitStatus, String output, String errors) {
  private static final int BY_SIGNAL = 128;

  /** Tells whether it ended well and said nothing about errors. */
  public boolean isClean() {
    return exitStatus == 0 && errors.isBlank();
  }

  /** Tells whether a signal ended it: it crashed or was killed. */
  public boolean isCrash() {
    return exitStatus > BY_SIGNAL;
  }
}
