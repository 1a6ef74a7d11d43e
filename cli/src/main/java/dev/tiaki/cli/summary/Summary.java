package dev.tiaki.cli.summary;

import dev.tiaki.engine.worker.Counter;
import dev.tiaki.engine.worker.Counters;
import java.util.List;

/**
 * What a run covered.
 *
 * @param counters everything that was counted
 * @param captures how many captures were named
 * @param failures why captures could not be read, or not wholly
 * @param alerts how many alerts were posted
 * @param enforcing whether verdicts and edits were carried out
 * @param engineErrors how many packets the engine itself failed on
 * @param seconds how long the run took
 */
public record Summary(
    Counters counters,
    int captures,
    List<String> failures,
    long alerts,
    boolean enforcing,
    long engineErrors,
    double seconds) {
  static final String DROPPED = "verdicts.dropped.";
  private static final List<String> TOLD_APART =
      List.of(
          "packets",
          "bytes",
          "rules.failed",
          "verdicts.accepted",
          "verdicts.modified",
          "verdicts.forged",
          "tcp.connections",
          "tcp.connections.complete",
          "tcp.connections.withGaps");

  /** Keeps its own copy of the list. */
  public Summary {
    failures = List.copyOf(failures);
  }

  long value(String counter) {
    return counters.value(counter);
  }

  long dropped() {
    return counters.all().stream()
        .filter(counter -> counter.name().startsWith(DROPPED))
        .mapToLong(Counter::value)
        .sum();
  }

  double packetsPerSecond() {
    return value("packets") / Math.max(seconds, 1e-9);
  }

  /** Returns the counters above zero that {@code prefix} begins the name of. */
  List<Counter> above(String prefix) {
    return counters.all().stream()
        .filter(counter -> counter.value() > 0 && counter.name().startsWith(prefix))
        .toList();
  }

  /** Returns the counters above zero that no line of their own tells. */
  List<Counter> others() {
    return counters.all().stream()
        .filter(counter -> counter.value() > 0)
        .filter(counter -> !TOLD_APART.contains(counter.name()))
        .filter(counter -> !counter.name().startsWith(DROPPED))
        .toList();
  }
}
