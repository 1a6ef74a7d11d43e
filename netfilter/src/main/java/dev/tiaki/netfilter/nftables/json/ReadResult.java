package dev.tiaki.netfilter.nftables.json;

import dev.tiaki.netfilter.nftables.check.NftProblem;
import dev.tiaki.netfilter.nftables.model.NftDocument;

/** What became of a text: a document, or why it is none. */
public sealed interface ReadResult {
  /**
   * The text is a document.
   *
   * @param document what it says
   */
  record Read(NftDocument document) implements ReadResult {}

  /**
   * The text is refused.
   *
   * @param problem the first one found
   */
  record Refused(NftProblem problem) implements ReadResult {}

  /**
   * Returns the document.
   *
   * @throws IllegalArgumentException when the text was refused; the message tells why
   */
  default NftDocument orThrow() {
    return switch (this) {
      case Read(NftDocument document) -> document;
      case Refused(NftProblem problem) -> throw new IllegalArgumentException(problem.toString());
    };
  }
}
