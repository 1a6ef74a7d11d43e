package dev.tiaki.netfilter.nftables.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiaki.netfilter.nftables.rule.RawJson;

/** Parts of documents that are kept or shown as they are. */
final class Raw {
  private static final int SHOWN = 40;

  private Raw() {}

  static RawJson of(JsonNode node) {
    return new RawJson(node.toString());
  }

  /** Returns the beginning of a text, fit for one line of an error message. */
  static String shown(String text) {
    String cut = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
    return cut.replaceAll("\\p{Cntrl}", "?");
  }

  /** Returns the first line of a message. */
  static String line(String message) {
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }
}
