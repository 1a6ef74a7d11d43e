package dev.tiaki.tracker;

/** How often {@code onClose} is called for a connection that is closed several times. */
public enum CloseEvents {
  /**
   * At the first close; closing again does nothing, as Java's {@code Closeable} says. The default.
   */
  ONCE,
  /** At each call of close. */
  PER_CALL
}
