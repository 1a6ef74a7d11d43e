package dev.tiaki.cli.live;

/** Where in the kernel packets are queued. */
public enum Hook {
  /** Before routing: what comes in, for this host or another. */
  PREROUTING,
  /** What comes in for this host. */
  INPUT,
  /** What passes through this host. */
  FORWARD,
  /** What this host sends. */
  OUTPUT;

  /**
   * Tells whether both directions of a connection come by. Where only one does, nobody translates
   * the numbers of the other: edits would break the connection, and are refused.
   */
  public boolean seesBothDirections() {
    return this == FORWARD || this == PREROUTING;
  }
}
