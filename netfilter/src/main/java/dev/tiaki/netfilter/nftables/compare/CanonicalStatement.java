package dev.tiaki.netfilter.nftables.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tiaki.netfilter.nftables.rule.NftFamily;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Statements and expressions in one spelling. */
final class CanonicalStatement {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Set<String> TEXTS =
      Set.of(
          "comment",
          "prefix-text",
          "name",
          "target",
          "chain",
          "table",
          "dev",
          "family",
          "key",
          "field",
          "protocol",
          "base",
          "dir",
          "op",
          "per",
          "level",
          "type",
          "mode");
  private static final Set<String> OPTIONAL = Set.of("masquerade", "redirect", "log", "queue");
  private static final Set<String> VERDICTS =
      Set.of("accept", "drop", "continue", "return", "notrack");
  private static final Map<String, Long> UNITS =
      Map.of("bytes", 1L, "kbytes", 1024L, "mbytes", 1_048_576L);
  private static final int PACKET_BURST = 5;
  private static final int LOG_FLAGS = 5;

  private final NftFamily family;

  CanonicalStatement(NftFamily family) {
    this.family = family;
  }

  JsonNode of(JsonNode statement) {
    if (!statement.isObject() || statement.size() != 1) {
      return plain("", statement);
    }
    Map.Entry<String, JsonNode> only = statement.properties().iterator().next();
    String key = only.getKey();
    JsonNode value = only.getValue();
    JsonNode one =
        switch (key) {
          case "match" -> CanonicalMatch.of(value);
          case "counter" -> value.isObject() && !value.has("map") ? NODES.nullNode() : value;
          case "limit" -> value.isObject() ? limit((ObjectNode) value) : value;
          case "quota" -> value.isObject() ? quota((ObjectNode) value) : value;
          case "reject" -> reject(value);
          case "log" -> log(value);
          default -> rest(key, value);
        };
    return NODES.objectNode().set(key, one);
  }

  private static JsonNode rest(String key, JsonNode value) {
    if (VERDICTS.contains(key)) {
      return NODES.nullNode();
    }
    JsonNode one = plain(key, value);
    if (key.equals("meter") && one.path("size").asLong() == 65_535) {
      ((ObjectNode) one).remove("size");
    }
    if (key.equals("tproxy")) {
      ((ObjectNode) one).remove("family"); // the port has no family, and it is not listed
    }
    return OPTIONAL.contains(key) && one.isObject() && one.isEmpty() ? NODES.nullNode() : one;
  }

  private static JsonNode limit(ObjectNode limit) {
    String unit = limit.path("rate_unit").asText("packets");
    ObjectNode one = NODES.objectNode();
    boolean isPackets = unit.equals("packets");
    one.put("rate", limit.path("rate").asLong() * UNITS.getOrDefault(unit, 1L));
    one.put("unit", isPackets ? "packets" : "bytes");
    one.put("per", limit.path("per").asText("second"));
    long burst = limit.path("burst").asLong(0);
    one.put(
        "burst",
        isPackets
            ? burst == 0 ? PACKET_BURST : burst
            : burst * UNITS.getOrDefault(limit.path("burst_unit").asText("bytes"), 1L));
    one.put("inv", limit.path("inv").asBoolean(false));
    return one;
  }

  private static JsonNode quota(ObjectNode quota) {
    ObjectNode one = NODES.objectNode();
    String unit = quota.path("val_unit").asText("bytes");
    one.put("val", quota.path("val").asLong() * UNITS.getOrDefault(unit, 1L));
    one.put("inv", quota.path("inv").asBoolean(false));
    return one;
  }

  /** A refusal with the code that is the default of its family needs no words. */
  private JsonNode reject(JsonNode reject) {
    String type = reject.path("type").asText("");
    String code = reject.path("expr").asText("port-unreachable");
    String usual =
        switch (family) {
          case IP -> "icmp";
          case IP6 -> "icmpv6";
          case INET, BRIDGE, NETDEV, ARP -> "icmpx";
        };
    boolean isDefault = (type.isEmpty() || type.equals(usual)) && code.equals("port-unreachable");
    return isDefault ? NODES.nullNode() : plain("reject", reject);
  }

  private static JsonNode log(JsonNode log) {
    if (!log.isObject()) {
      return NODES.nullNode();
    }
    ObjectNode one = NODES.objectNode();
    for (Map.Entry<String, JsonNode> property : log.properties()) {
      one.set(
          property.getKey(),
          property.getKey().equals("prefix")
              ? property.getValue()
              : plain(property.getKey(), property.getValue()));
    }
    if (one.path("level").asText().equals("warn")) {
      one.remove("level");
    }
    if (one.path("flags").size() == LOG_FLAGS) {
      one.set("flags", NODES.arrayNode().add("all"));
    }
    return one.isEmpty() ? NODES.nullNode() : one;
  }

  /** Returns an expression, or any property, in one spelling. */
  static JsonNode plain(String key, JsonNode node) {
    if (key.equals("flags")) {
      return flags(node);
    }
    if (key.equals("set") && !node.isObject()) {
      return node.isTextual() && node.asText().startsWith("@") ? node : elements(node);
    }
    if (node.isArray()) {
      ArrayNode items = NODES.arrayNode();
      node.forEach(item -> items.add(plain("", item)));
      return items;
    }
    if (node.isObject()) {
      return members(node);
    }
    return node.isTextual() && !TEXTS.contains(key) ? CanonicalValue.of(node.asText()) : node;
  }

  private static JsonNode members(JsonNode node) {
    if (node.path("concat").size() == 1) {
      return plain("", node.path("concat").get(0));
    }
    if (node.has("prefix")) {
      return prefix(node.path("prefix"));
    }
    ObjectNode object = NODES.objectNode();
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      JsonNode value = plain(member.getKey(), member.getValue());
      boolean isNotInverted = member.getKey().equals("inv") && !value.asBoolean();
      boolean isAtStart =
          member.getKey().equals("offset") && value.asLong() == 0 && !node.has("len");
      if (!isNotInverted && !isAtStart) {
        object.set(member.getKey(), value);
      }
    }
    CanonicalSelector.rename(object);
    return object;
  }

  private static JsonNode prefix(JsonNode prefix) {
    JsonNode address = plain("addr", prefix.path("addr"));
    long bits = address.asText().contains(":") ? 128 : 32;
    if (prefix.path("len").asLong() == bits) {
      return address;
    }
    ObjectNode one = NODES.objectNode();
    one.putObject("prefix").put("len", prefix.path("len").asLong()).set("addr", address);
    return one;
  }

  private static JsonNode flags(JsonNode flags) {
    if (!flags.isArray()) {
      return NODES.arrayNode().add(flags);
    }
    return ordered(flags, List.of());
  }

  /** Sets keep no order, and hold nothing twice. */
  private static JsonNode elements(JsonNode elements) {
    ArrayNode one = NODES.arrayNode();
    if (!elements.isArray()) {
      return one.add(element(elements));
    }
    elements.forEach(element -> one.add(element(element)));
    return ordered(one, List.of());
  }

  static ArrayNode ordered(JsonNode items, List<JsonNode> more) {
    Map<String, JsonNode> sorted = new TreeMap<>();
    items.forEach(item -> sorted.put(Canonical.sorted(item).toString(), item));
    more.forEach(item -> sorted.put(Canonical.sorted(item).toString(), item));
    return NODES.arrayNode().addAll(sorted.values());
  }

  /**
   * An element without the rest of its time and without state; with nothing else it is its value.
   */
  static JsonNode element(JsonNode element) {
    if (element.isArray() && element.size() == 2) {
      ArrayNode pair = NODES.arrayNode();
      pair.add(element(element.get(0)));
      return pair.add(plain("", element.get(1)));
    }
    JsonNode properties = element.path("elem");
    if (!properties.isObject()) {
      return plain("", element);
    }
    ObjectNode kept = NODES.objectNode();
    kept.set("val", plain("", properties.path("val")));
    for (String name : List.of("timeout", "comment")) {
      if (properties.has(name)) {
        kept.set(name, properties.get(name));
      }
    }
    return kept.size() == 1 ? kept.get("val") : NODES.objectNode().set("elem", kept);
  }
}
