package dev.tiaki.cli.eve;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times as EVE writes them: microseconds and a zone, here always that of UTC. */
final class EveTime {
  private static final DateTimeFormatter LAYOUT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSxx").withZone(ZoneOffset.UTC);

  private EveTime() {}

  /** Returns the text of a time given in nanoseconds since the Unix epoch. */
  static String of(long nanos) {
    return LAYOUT.format(
        Instant.ofEpochSecond(
            Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L)));
  }
}
