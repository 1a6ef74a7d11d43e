package dev.tiaki.netfilter.nftables;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.InetAddress;
import java.util.Map;
import java.util.Set;

/**
 * Brings JSON to one form: what nftables takes as the same is written in one way. Numbers are
 * compared as numbers, defaults are left out, one flag alone is an array, an empty object is null.
 */
final class Normal {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Set<String> LISTS =
      Set.of("flags", "type_flags", "dev", "type", "map", "elem");
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "val_unit", "bytes", "used_unit", "bytes", "rate_unit", "packets", "burst_unit", "bytes");
  private static final Set<String> EMPTY_IS_NULL =
      Set.of(
          "accept",
          "drop",
          "continue",
          "return",
          "notrack",
          "log",
          "reject",
          "masquerade",
          "redirect",
          "queue",
          "synproxy");

  private Normal() {}

  static JsonNode of(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> object(node);
      case ARRAY -> {
        ArrayNode array = NODES.arrayNode();
        node.forEach(item -> array.add(of(item)));
        yield array;
      }
      case STRING -> NODES.textNode(address(node.textValue()));
      case NUMBER -> NODES.numberNode(node.longValue());
      default -> node;
    };
  }

  /** One address has many spellings. */
  private static String address(String text) {
    if (!text.contains("::") && !text.matches("([0-9a-f]{1,4}:){7}[0-9a-f]{1,4}")) {
      return text;
    }
    try {
      return InetAddress.ofLiteral(text).getHostAddress();
    } catch (IllegalArgumentException _) {
      return text;
    }
  }

  private static JsonNode object(JsonNode node) {
    if (node.size() == 1 && node.path("set").isTextual()) {
      return node.path("set");
    }
    ObjectNode object = NODES.objectNode();
    node.properties()
        .forEach(property -> add(node, object, property.getKey(), property.getValue()));
    return object;
  }

  private static void add(JsonNode node, ObjectNode object, String key, JsonNode value) {
    boolean isDefault =
        value.asText().equals(DEFAULTS.get(key))
            || (key.equals("inv") && value.isBoolean() && !value.booleanValue())
            || ((key.equals("offset") || key.equals("used") || key.equals("spnum"))
                && value.isIntegralNumber()
                && value.longValue() == 0)
            || (key.equals("burst_unit") && !node.has("rate_unit"))
            || ((key.equals("expr") || key.equals("policy"))
                && (value.isEmpty() && !value.isTextual()));
    if (isDefault) {
      return;
    }
    if (EMPTY_IS_NULL.contains(key)
        && (value.isBoolean() || value.isEmpty())
        && !value.isTextual()) {
      object.putNull(key);
    } else if (key.equals("set") && value.isValueNode() && !value.isTextual()) {
      object.putArray(key).add(value);
    } else if (LISTS.contains(key) && (value.isTextual() || value.isNumber())) {
      object.putArray(key).add(of(value));
    } else {
      object.set(key, of(value));
    }
  }
}
