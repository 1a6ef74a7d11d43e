package dev.tiaki.netfilter.nftables.rule;

/** How numbers are generated. */
public enum GeneratorMode implements Word {
  /** One after the other. */
  INC("inc"),
  /** At random. */
  RANDOM("random");

  private final String word;

  GeneratorMode(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }
}
