package dev.tiaki.cli.output;

import dev.tiaki.engine.alert.Alert;
import dev.tiaki.engine.alert.AlertMethod;
import dev.tiaki.engine.alert.AlertNode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Alerts as Haka prints them: one item a line ({@link #PRETTY}), or all in one line. */
public final class AlertText {
  /** What stands before each item so that each has its own line. */
  public static final String PRETTY = "\n\t";

  /** What stands before each item so that all are in one line. */
  public static final String ONE_LINE = " ";

  // C's ctime: the day of the month is padded with a space
  private static final DateTimeFormatter CTIME =
      DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH);

  private final String separator;
  private final boolean colored;

  /**
   * Makes a writer of alerts.
   *
   * @param separator {@link #PRETTY} or {@link #ONE_LINE}
   * @param colored whether the word {@code alert} and the names are coloured
   */
  public AlertText(String separator, boolean colored) {
    this.separator = separator;
    this.colored = colored;
  }

  /** Returns the text of {@code alert}, line end included; each char is one byte. */
  public String of(Alert alert) {
    StringBuilder text = new StringBuilder(256);
    text.append(paint(severityColor(alert.severity()), "alert")).append(": ");
    text.append(alert.update() ? "update " : "");
    text.append(bold("id")).append(" = ").append(Long.toUnsignedString(alert.id()));
    item(text, "time", ctime(alert.timeNanos()));
    item(text, "start time", ctime(alert.startTimeNanos()));
    item(text, "end time", ctime(alert.endTimeNanos()));
    item(text, "severity", alert.severity());
    item(text, "confidence", alert.confidence());
    item(text, "completion", alert.completion());
    item(text, "description", alert.description());
    method(text, alert.method());
    nodes(text, "sources", alert.sources());
    nodes(text, "targets", alert.targets());
    if (!alert.references().isEmpty()) {
      List<String> ids = alert.references().stream().map(Long::toUnsignedString).toList();
      item(text, "refs", braces(ids));
    }
    return text.append('\n').toString();
  }

  private void item(StringBuilder text, String name, @Nullable String value) {
    if (value != null) {
      text.append(separator).append(bold(name)).append(" = ").append(value);
    }
  }

  private void method(StringBuilder text, @Nullable AlertMethod method) {
    if (method == null || (method.description() == null && method.references().isEmpty())) {
      return;
    }
    item(text, "method", "{");
    item(text, "\tdescription", method.description());
    if (!method.references().isEmpty()) {
      item(text, "\tref", braces(method.references()));
    }
    text.append(separator).append('}');
  }

  private void nodes(StringBuilder text, String name, List<AlertNode> nodes) {
    if (nodes.isEmpty()) {
      return;
    }
    item(text, name, "{");
    for (AlertNode node : nodes) {
      text.append(separator).append('\t').append(bold(node.type())).append(':');
      text.append(node.values().isEmpty() ? "" : " " + String.join(", ", node.values()));
    }
    text.append(separator).append('}');
  }

  private static String braces(List<String> values) {
    return "{ " + String.join(", ", values) + " }";
  }

  /** Returns a time as C's {@code ctime} writes it in the local zone, without the line end. */
  static @Nullable String ctime(@Nullable Long nanos) {
    if (nanos == null) {
      return null;
    }
    Instant instant = Instant.ofEpochSecond(Math.floorDiv(nanos, 1_000_000_000L));
    return CTIME.format(instant.atZone(ZoneId.systemDefault()));
  }

  private static Color severityColor(@Nullable String severity) {
    if (severity == null) {
      return Color.BOLD_RED;
    }
    return switch (severity) {
      case "low" -> Color.BOLD_CYAN;
      case "medium" -> Color.BOLD_YELLOW;
      default -> Color.BOLD_RED;
    };
  }

  private String bold(String name) {
    return paint(Color.BOLD, name);
  }

  private String paint(Color color, String word) {
    return colored ? color.code + word + Color.CLEAR.code : word;
  }
}
