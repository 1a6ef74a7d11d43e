package dev.tiaki.engine.packet;

/** How far the decision about a packet has come. */
public enum Verdict {
  /** Nothing is decided; the packet belongs to the worker. */
  PENDING,
  /**
   * Nothing is decided; the packet belongs to a queue (out of order, fragment) that will decide.
   */
  HELD,
  /** It leaves, perhaps modified. Final. */
  ACCEPTED,
  /** It does not leave. Final. */
  DROPPED
}
