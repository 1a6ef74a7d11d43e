package dev.tiaki.cli.summary;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.tiaki.engine.worker.Counter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** A summary for programs: one JSON object on one line. */
public final class SummaryJson {
  private SummaryJson() {}

  /** Returns the line, with its end. */
  public static String of(Summary summary) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      json.writeNumberField("packets", summary.value("packets"));
      json.writeNumberField("bytes", summary.value("bytes"));
      json.writeNumberField("captures", summary.captures());
      json.writeNumberField("seconds", summary.seconds());
      json.writeNumberField("packets_per_second", summary.packetsPerSecond());
      json.writeStringField("mode", summary.enforcing() ? "enforce" : "observe");
      connections(json, summary);
      verdicts(json, summary);
      json.writeNumberField("alerts", summary.alerts());
      json.writeNumberField("rule_errors", summary.value("rules.failed"));
      json.writeNumberField("internal_errors", summary.engineErrors());
      counters(json, summary);
      json.writeArrayFieldStart("failures");
      for (String failure : summary.failures()) {
        json.writeString(failure);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text + "\n";
  }

  private static void connections(JsonGenerator json, Summary summary) throws IOException {
    json.writeObjectFieldStart("connections");
    json.writeNumberField("seen", summary.value("tcp.connections"));
    json.writeNumberField("complete", summary.value("tcp.connections.complete"));
    json.writeNumberField("with_gaps", summary.value("tcp.connections.withGaps"));
    json.writeEndObject();
  }

  private static void verdicts(JsonGenerator json, Summary summary) throws IOException {
    json.writeObjectFieldStart("verdicts");
    json.writeNumberField("accepted", summary.value("verdicts.accepted"));
    json.writeNumberField("modified", summary.value("verdicts.modified"));
    json.writeNumberField("forged", summary.value("verdicts.forged"));
    json.writeNumberField("dropped", summary.dropped());
    json.writeObjectFieldStart("dropped_by_reason");
    for (Counter counter : summary.above(Summary.DROPPED)) {
      json.writeNumberField(counter.name().substring(Summary.DROPPED.length()), counter.value());
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void counters(JsonGenerator json, Summary summary) throws IOException {
    json.writeObjectFieldStart("counters");
    for (Counter counter : summary.others()) {
      json.writeNumberField(counter.name(), counter.value());
    }
    json.writeEndObject();
  }
}
