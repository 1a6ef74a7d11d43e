package dev.tiaki.cli.eve;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The numbers of a {@code stats} record by their place in EVE, such as {@code decoder.pkts}. Only
 * places that Suricata's schema knows may be named: it allows no others.
 */
public final class EveStats {
  private final TreeMap<String, Long> values = new TreeMap<>();

  /** Makes a record without numbers. */
  public EveStats() {}

  /** Puts {@code value} at the dotted {@code place}; returns this. */
  public EveStats put(String place, long value) {
    values.merge(place, value, Long::sum);
    return this;
  }

  void write(JsonGenerator json) throws IOException {
    json.writeFieldName("stats");
    object(json, values, "");
  }

  private static void object(JsonGenerator json, SortedMap<String, Long> values, String prefix)
      throws IOException {
    json.writeStartObject();
    String done = "";
    for (Map.Entry<String, Long> entry : values.entrySet()) {
      String rest = entry.getKey().substring(prefix.length());
      int dot = rest.indexOf('.');
      if (dot < 0) {
        json.writeNumberField(rest, entry.getValue());
      } else if (!rest.substring(0, dot).equals(done)) {
        done = rest.substring(0, dot);
        json.writeFieldName(done);
        String inner = prefix + done + ".";
        object(json, values.subMap(inner, prefix + done + "/"), inner);
      }
    }
    json.writeEndObject();
  }
}
