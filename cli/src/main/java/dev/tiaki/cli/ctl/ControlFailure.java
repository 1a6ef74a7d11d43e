package dev.tiaki.cli.ctl;

import java.io.IOException;

/** A running engine cannot be reached, or refuses; the message is for whoever asked. */
final class ControlFailure extends IOException {
  private static final long serialVersionUID = 1L;

  private final boolean reached;

  ControlFailure(String message, boolean reached) {
    super(message);
    this.reached = reached;
  }

  /** Tells whether there is an engine: it answered, if only to refuse. */
  boolean isReached() {
    return reached;
  }
}
