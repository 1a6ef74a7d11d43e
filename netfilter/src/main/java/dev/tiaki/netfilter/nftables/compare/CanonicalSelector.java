package dev.tiaki.netfilter.nftables.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** What is matched on, in one spelling: raw offsets of the transport header by their names. */
final class CanonicalSelector {
  private static final Map<String, String> RAW = Map.of("th 0 16", "sport", "th 16 16", "dport");

  private CanonicalSelector() {}

  static void rename(ObjectNode object) {
    JsonNode payload = object.path("payload");
    String raw =
        payload.path("base").asText()
            + " "
            + payload.path("offset").asInt()
            + " "
            + payload.path("len").asInt();
    if (RAW.containsKey(raw)) {
      object.putObject("payload").put("protocol", "th").put("field", RAW.get(raw));
    }
    if (object.path("meta").path("key").asText().equals("secpath")) {
      object.putObject("meta").put("key", "ipsec");
    }
    if (object.path("tcp option").path("name").asText().equals("sack0")) {
      ((ObjectNode) object.path("tcp option")).put("name", "sack");
    }
  }
}
