package dev.tiaki.netfilter.nftables.rule;

/** What a rule does with a set element. */
public enum SetOperation implements Word {
  /** Adds it unless it is there. */
  ADD("add"),
  /** Adds it, or starts its timeout anew. */
  UPDATE("update"),
  /** Deletes it. */
  DELETE("delete");

  private final String word;

  SetOperation(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }
}
