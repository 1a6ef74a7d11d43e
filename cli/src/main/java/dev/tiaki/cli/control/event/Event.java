package dev.tiaki.cli.control.event;

import dev.tiaki.cli.control.http.Json;
import dev.tiaki.cli.output.ByteText;
import dev.tiaki.engine.alert.Alert;
import dev.tiaki.engine.alert.AlertContext;
import dev.tiaki.engine.alert.AlertMethod;
import dev.tiaki.engine.alert.AlertNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What listeners are told, as JSON objects with the field {@code type}. */
final class Event {
  private Event() {}

  record AlertEvent(String type, String time, AlertBody alert) {}

  record AlertBody(
      long id,
      boolean update,
      @Nullable String severity,
      @Nullable String confidence,
      @Nullable String completion,
      @Nullable String description,
      @Nullable AlertMethod method,
      List<AlertNode> sources,
      List<AlertNode> targets,
      List<Long> related,
      @Nullable String rule,
      @Nullable String location,
      AlertContext.@Nullable FlowAddresses flow,
      long packet) {}

  record FlowEvent(String type, String time, Object flow) {}

  record LogEvent(String type, String time, String level, String section, String message) {}

  record DroppedEvent(String type, long count) {}

  static byte[] alert(Alert alert) {
    AlertContext context = alert.context();
    return Json.line(
        new AlertEvent(
            EventKind.ALERT.word(),
            EventTime.of(alert.timeNanos()),
            new AlertBody(
                alert.id(),
                alert.update(),
                alert.severity(),
                alert.confidence(),
                alert.completion(),
                characters(alert.description()),
                alert.method(),
                alert.sources(),
                alert.targets(),
                alert.references(),
                characters(context.rule()),
                context.location(),
                context.flow(),
                context.packetNumber())));
  }

  private static @Nullable String characters(@Nullable String text) {
    return text == null ? null : ByteText.characters(text);
  }

  static byte[] flow(long nanos, Object row) {
    return Json.line(new FlowEvent(EventKind.FLOW.word(), EventTime.of(nanos), row));
  }

  static byte[] log(String level, String section, String message) {
    return Json.line(
        new LogEvent(
            EventKind.LOG.word(),
            EventTime.of(System.currentTimeMillis() * 1_000_000L),
            level,
            section,
            ByteText.characters(message)));
  }

  static byte[] dropped(long count) {
    return Json.line(new DroppedEvent("dropped", count));
  }
}
