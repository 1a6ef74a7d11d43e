package dev.tiaki.tracker;

import java.time.Duration;
import java.util.Locale;

/** Durations for people: {@code 850ms}, {@code 12.4s}, {@code 3m20s}, {@code 5h07m12s}. */
final class DurationText {
  private DurationText() {}

  static String of(Duration duration) {
    long millis = duration.toMillis();
    if (millis < 1_000) {
      return millis + "ms";
    }
    if (millis < 60_000) {
      return String.format(Locale.ROOT, "%.1fs", millis / 1_000.0);
    }
    long seconds = millis / 1_000;
    return seconds < 3_600
        ? String.format(Locale.ROOT, "%dm%02ds", seconds / 60, seconds % 60)
        : String.format(
            Locale.ROOT, "%dh%02dm%02ds", seconds / 3_600, seconds / 60 % 60, seconds % 60);
  }
}
