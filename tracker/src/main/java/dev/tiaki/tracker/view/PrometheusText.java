package dev.tiaki.tracker.view;

import dev.tiaki.tracker.ConnectionInfo;
import dev.tiaki.tracker.ConnectionSummary;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The open connections in Prometheus' text format 0.0.4, summed up by category and role. */
public final class PrometheusText {
  private PrometheusText() {}

  /** Returns the gauges for {@code connections}. */
  public static String of(List<ConnectionInfo> connections) {
    Map<String, ConnectionSummary> groups =
        connections.stream()
            .collect(
                Collectors.groupingBy(
                    PrometheusText::labels,
                    TreeMap::new,
                    Collectors.collectingAndThen(Collectors.toList(), ConnectionSummary::of)));
    StringBuilder text = new StringBuilder();
    gauge(text, groups, "connections", "Open connections.", s -> Integer.toString(s.count()));
    gauge(
        text,
        groups,
        "connections_read_bytes",
        "Bytes read from the connections that are open.",
        s -> Long.toString(s.readBytes()));
    gauge(
        text,
        groups,
        "connections_written_bytes",
        "Bytes written to the connections that are open.",
        s -> Long.toString(s.writtenBytes()));
    gauge(
        text,
        groups,
        "connections_oldest_seconds",
        "Age of the oldest connection.",
        s -> String.format(Locale.ROOT, "%.3f", s.longest().toNanos() / 1e9));
    return text.toString();
  }

  private static void gauge(
      StringBuilder text,
      Map<String, ConnectionSummary> groups,
      String name,
      String help,
      Function<ConnectionSummary, String> value) {
    text.append("# HELP tracker_").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE tracker_").append(name).append(" gauge\n");
    groups.forEach((labels, summary) ->
        text.append("tracker_")
            .append(name)
            .append(labels)
            .append(' ')
            .append(value.apply(summary))
            .append('\n'));
  }

  private static String labels(ConnectionInfo info) {
    String category =
        info.category().replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    return "{category=\"" + category + "\",role=\"" + info.role().wire() + "\"}";
  }
}
