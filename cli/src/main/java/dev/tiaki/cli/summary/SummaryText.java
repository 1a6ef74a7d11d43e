package dev.tiaki.cli.summary;

import dev.tiaki.engine.worker.Counter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A summary for people: a few lines, and of the counters only those that counted. */
public final class SummaryText {
  private SummaryText() {}

  /** Returns the text, each line with its end. */
  public static String of(Summary summary) {
    List<String> lines = new ArrayList<>();
    lines.add(volume(summary));
    lines.add(
        "connections: "
            + number(summary.value("tcp.connections"))
            + " seen, "
            + number(summary.value("tcp.connections.complete"))
            + " complete, "
            + number(summary.value("tcp.connections.withGaps"))
            + " with gaps");
    lines.add(verdicts(summary));
    lines.add(
        "alerts: "
            + number(summary.alerts())
            + ", rule errors: "
            + number(summary.value("rules.failed")));
    for (Counter counter : summary.others()) {
      lines.add("  " + counter.description() + ": " + number(counter.value()));
    }
    if (summary.engineErrors() > 0) {
      lines.add("internal errors: " + number(summary.engineErrors()));
    }
    return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
  }

  private static String volume(Summary summary) {
    return number(summary.value("packets"))
        + " packets, "
        + number(summary.value("bytes"))
        + " bytes in "
        + captures(summary.captures())
        + String.format(Locale.ROOT, "%.2f s (", summary.seconds())
        + number(Math.round(summary.packetsPerSecond()))
        + " packets/s)";
  }

  /** Live traffic has none. */
  private static String captures(int captures) {
    return switch (captures) {
      case 0 -> "";
      case 1 -> "1 capture, ";
      default -> captures + " captures, ";
    };
  }

  private static String verdicts(Summary summary) {
    String would = summary.enforcing() ? " " : " would be ";
    String line =
        "verdicts: "
            + number(summary.value("verdicts.accepted"))
            + would
            + "accepted ("
            + number(summary.value("verdicts.modified"))
            + " modified, "
            + number(summary.value("verdicts.forged"))
            + " forged), "
            + number(summary.dropped())
            + would
            + "dropped";
    String reasons =
        summary.above(Summary.DROPPED).stream()
            .map(counter -> reason(counter) + " " + number(counter.value()))
            .collect(Collectors.joining(", "));
    return reasons.isEmpty() ? line : line + " (" + reasons + ")";
  }

  private static String reason(Counter counter) {
    return counter.name().substring(Summary.DROPPED.length()).replace('_', ' ');
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
