package dev.tiaki.netfilter.nftables.check;

/**
 * Why a document is refused.
 *
 * @param command the number, from 0, of the culprit in the array {@code nftables}; -1: none of them
 * @param pointer where the culprit is, as a JSON pointer (RFC 6901)
 * @param reason one sentence without a full stop
 */
public record NftProblem(int command, String pointer, String reason) {
  @Override
  public String toString() {
    return (command < 0 ? "" : "command " + command + ", ") + pointer + ": " + reason;
  }
}
