package dev.tiaki.netfilter.nftables.transport;

import java.util.OptionalLong;

/**
 * Takes documents to nftables and brings the answer back, whatever it is; {@link Nftables} judges
 * it. {@link NftProcess} runs the program, {@link RecordingTransport} and {@link ReplayTransport}
 * stand in for it in tests and replays.
 */
public interface NftTransport extends AutoCloseable {
  /**
   * Runs one document as one transaction, with its echo.
   *
   * @throws NftException when nft cannot be run to its end
   */
  NftAnswer exchange(NftRequest request) throws NftException;

  /**
   * Returns the kernel's number of the ruleset, which every change of anybody's raises, or nothing
   * when it cannot be told.
   */
  default OptionalLong generation() {
    return OptionalLong.empty();
  }

  @Override
  default void close() {}
}
