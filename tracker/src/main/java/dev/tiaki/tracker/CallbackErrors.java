package dev.tiaki.tracker;

/** What happens when a callback throws. */
public enum CallbackErrors {
  /** The tracker's error handler gets it; the read, write, accept or close goes on. The default. */
  HANDLER,
  /** It leaves through the read, write, accept or close that called it, after the operation. */
  PROPAGATE
}
