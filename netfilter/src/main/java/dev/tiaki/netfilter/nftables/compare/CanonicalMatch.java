package dev.tiaki.netfilter.nftables.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Comparisons in one spelling: names as numbers where what is compared tells what they mean. */
final class CanonicalMatch {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Set<String> EQUAL = Set.of("==", "in");

  private CanonicalMatch() {}

  static JsonNode of(JsonNode match) {
    JsonNode left = CanonicalStatement.plain("", match.path("left"));
    String op = match.path("op").asText();
    Map<String, Integer> names = Names.of(left);
    boolean isBits = Names.isBits(left);
    JsonNode right = right(CanonicalStatement.plain("", match.path("right")), names, isBits);
    if (EQUAL.contains(op) && (!isBits || right.has("set"))) {
      op = "==";
    }
    ObjectNode one = NODES.objectNode();
    JsonNode prefix = op.equals("==") || op.equals("!=") ? masked(left, right) : null;
    one.put("op", op);
    one.set("left", prefix == null ? left : left.path("&").get(0));
    one.set("right", prefix == null ? right : prefix);
    return one;
  }

  private static JsonNode right(JsonNode right, Map<String, Integer> names, boolean isBits) {
    if (right.isTextual() && names.containsKey(right.asText())) {
      return NODES.numberNode((long) names.get(right.asText()));
    }
    JsonNode alternatives = right.isArray() ? right : right.path("|");
    if (alternatives.isArray() && isBits) {
      return either(alternatives, right, names);
    }
    if (right.path("set").isArray()) {
      ArrayNode elements = NODES.arrayNode();
      right.path("set").forEach(element -> elements.add(right(element, names, isBits)));
      ObjectNode one = NODES.objectNode();
      return one.set("set", CanonicalStatement.ordered(elements, List.of()));
    }
    return right;
  }

  private static JsonNode either(
      JsonNode alternatives, JsonNode right, Map<String, Integer> names) {
    long bits = 0;
    for (JsonNode alternative : alternatives) {
      JsonNode one = right(alternative, names, true);
      if (!one.isIntegralNumber()) {
        return right;
      }
      bits |= one.asLong();
    }
    return NODES.numberNode(bits);
  }

  /** An address under a mask of leading ones is a prefix. */
  private static @Nullable JsonNode masked(JsonNode left, JsonNode right) {
    JsonNode operands = left.path("&");
    if (operands.size() != 2 || !right.isTextual() || !operands.get(1).isTextual()) {
      return null;
    }
    int length = Masks.prefixLength(operands.get(1).asText());
    if (length < 0) {
      return null;
    }
    ObjectNode prefix = NODES.objectNode();
    prefix.putObject("prefix").put("len", (long) length).set("addr", right);
    return prefix;
  }
}
