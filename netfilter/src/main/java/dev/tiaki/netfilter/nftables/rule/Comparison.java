package dev.tiaki.netfilter.nftables.rule;

/** How a match compares. */
public enum Comparison implements Word {
  /** Equal. */
  EQUAL("=="),
  /** Not equal. */
  NOT_EQUAL("!="),
  /** Less than. */
  LESS("<"),
  /** Greater than. */
  GREATER(">"),
  /** Less than or equal. */
  LESS_OR_EQUAL("<="),
  /** Greater than or equal. */
  GREATER_OR_EQUAL(">="),
  /** No bit of the right side is set on the left side. */
  NONE_OF("!"),
  /** Any bit of the right side is set on the left side. */
  IN("in");

  private final String word;

  Comparison(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }
}
