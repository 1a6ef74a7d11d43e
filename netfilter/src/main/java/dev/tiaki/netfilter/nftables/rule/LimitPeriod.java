package dev.tiaki.netfilter.nftables.rule;

/** The time a rate is given for. */
public enum LimitPeriod implements Word {
  /** One second. */
  SECOND("second"),
  /** One minute. */
  MINUTE("minute"),
  /** One hour. */
  HOUR("hour"),
  /** One day. */
  DAY("day"),
  /** One week. */
  WEEK("week");

  private final String word;

  LimitPeriod(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }
}
