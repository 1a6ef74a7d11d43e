package dev.tiaki.cli.control.event;

import java.util.Locale;

/** What may happen. */
public enum EventKind {
  /** A rule or a protocol raised an alert. */
  ALERT,
  /** A flow has ended. */
  FLOW,
  /** A line was logged. */
  LOG;

  /** Returns what the API calls it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
