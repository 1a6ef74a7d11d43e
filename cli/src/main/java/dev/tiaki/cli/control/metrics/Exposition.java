package dev.tiaki.cli.control.metrics;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Samples in Prometheus's text format, version 0.0.4: all samples of a metric stand together below
 * its help and type.
 */
final class Exposition {
  /** The media type of the format. */
  static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final Map<String, StringBuilder> metrics = new LinkedHashMap<>();

  Exposition() {}

  /** Adds a sample of a number that only grows; {@code labels} are names and values in turn. */
  void counter(String name, String help, long value, String... labels) {
    sample(name, "counter", help, Long.toString(value), labels);
  }

  /** As the other one. */
  void counter(String name, String help, double value, String... labels) {
    sample(name, "counter", help, Double.toString(value), labels);
  }

  /** Adds a sample of a number that goes up and down; {@code labels} are names and values. */
  void gauge(String name, String help, long value, String... labels) {
    sample(name, "gauge", help, Long.toString(value), labels);
  }

  /** As the other one. */
  void gauge(String name, String help, double value, String... labels) {
    sample(name, "gauge", help, Double.toString(value), labels);
  }

  private void sample(String name, String type, String help, String value, String... labels) {
    StringBuilder text =
        metrics.computeIfAbsent(
            name,
            key ->
                new StringBuilder()
                    .append("# HELP %s %s\n".formatted(key, help.replace("\\", "\\\\")))
                    .append("# TYPE %s %s\n".formatted(key, type)));
    text.append(name);
    for (int i = 0; i < labels.length; i += 2) {
      text.append(i == 0 ? '{' : ',')
          .append(labels[i])
          .append("=\"")
          .append(escaped(labels[i + 1]))
          .append('"');
    }
    text.append(labels.length > 0 ? "} " : " ").append(value).append('\n');
  }

  private static String escaped(String label) {
    return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  @Override
  public String toString() {
    StringBuilder all = new StringBuilder();
    metrics.values().forEach(all::append);
    return all.toString();
  }
}
