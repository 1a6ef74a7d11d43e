package dev.tiaki.cli.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.tiaki.cli.assembly.RuleCheck;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** What {@code tiaki check} found, for people and for programs. */
final class CheckReport {
  private CheckReport() {}

  static String text(RuleCheck.Report report) {
    StringBuilder text = new StringBuilder();
    text.append("dissectors: ").append(String.join(", ", report.dissectors())).append('\n');
    text.append("events:\n");
    for (String event : report.events()) {
      long rules = report.rules().stream().filter(rule -> rule.event().equals(event)).count();
      text.append("  ").append(event);
      text.append(rules == 0 ? "" : "  (" + (rules == 1 ? "1 rule)" : rules + " rules)"));
      text.append('\n');
    }
    text.append("rules:\n");
    for (RuleCheck.Rule rule : report.rules()) {
      String name = rule.name() == null ? "<no name>" : rule.name();
      text.append("  %s  %s  %s%n".formatted(rule.location(), rule.event(), name));
    }
    if (!report.interpreted().isEmpty()) {
      text.append("interpreted, three to five times slower:\n");
      report.interpreted().forEach(line -> text.append("  ").append(line).append('\n'));
    }
    return text.toString();
  }

  static String json(RuleCheck.Report report) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      strings(json, "files", report.files().stream().map(Path::toString).toList());
      strings(json, "dissectors", report.dissectors());
      strings(json, "events", report.events());
      json.writeArrayFieldStart("rules");
      for (RuleCheck.Rule rule : report.rules()) {
        json.writeStartObject();
        json.writeStringField("event", rule.event());
        if (rule.name() != null) {
          json.writeStringField("name", rule.name());
        }
        json.writeStringField("location", rule.location());
        json.writeEndObject();
      }
      json.writeEndArray();
      strings(json, "interpreted", report.interpreted());
      strings(json, "errors", report.errors());
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text + "\n";
  }

  private static void strings(JsonGenerator json, String name, List<String> values)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }
}
