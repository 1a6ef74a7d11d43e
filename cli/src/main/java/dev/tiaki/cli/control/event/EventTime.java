package dev.tiaki.cli.control.event;

import java.time.Instant;

/** Times as the control API writes them: ISO 8601 in UTC. */
public final class EventTime {
  private static final long SECOND_NANOS = 1_000_000_000L;

  private EventTime() {}

  /** Returns the text of a time in nanoseconds since the Unix epoch. */
  public static String of(long nanos) {
    return Instant.ofEpochSecond(
            Math.floorDiv(nanos, SECOND_NANOS), Math.floorMod(nanos, SECOND_NANOS))
        .toString();
  }
}
