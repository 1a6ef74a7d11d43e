package dev.tiaki.engine.enforcement;

/** What was decided about the rest of a flow. */
public enum FlowDecision {
  /** No packet passes any more. */
  DROP("drop"),
  /** Both ends were sent an RST; no packet passes any more. */
  RESET("reset"),
  /** The responder was sent an RST; no packet passes any more. */
  HALF_RESET("halfreset"),
  /** Inspection is over; every packet passes. */
  BYPASS("bypass");

  private final String word;

  FlowDecision(String word) {
    this.word = word;
  }

  /** Returns what rules call it. */
  public String word() {
    return word;
  }

  /** Tells whether packets pass afterwards. */
  public boolean isPassing() {
    return this == BYPASS;
  }
}
