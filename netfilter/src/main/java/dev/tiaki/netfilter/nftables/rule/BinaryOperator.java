package dev.tiaki.netfilter.nftables.rule;

/** Operators of arithmetic on bits. */
public enum BinaryOperator implements Word {
  /** Or. */
  OR("|"),
  /** Exclusive or. */
  XOR("^"),
  /** And. */
  AND("&"),
  /** Shift to the left. */
  SHIFT_LEFT("<<"),
  /** Shift to the right. */
  SHIFT_RIGHT(">>");

  private final String word;

  BinaryOperator(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }
}
