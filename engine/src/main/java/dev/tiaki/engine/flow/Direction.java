package dev.tiaki.engine.flow;

/** Which way a packet of a flow goes. */
public enum Direction {
  /** From the initiator to the responder. */
  UP("up"),
  /** From the responder to the initiator. */
  DOWN("down");

  private final String word;

  Direction(String word) {
    this.word = word;
  }

  /** Returns the other direction. */
  public Direction opposite() {
    return this == UP ? DOWN : UP;
  }

  /** Returns what rules call it, {@code up} or {@code down}. */
  public String word() {
    return word;
  }
}
