package dev.tiaki.netfilter.nftables.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tiaki.netfilter.nftables.json.NftWriter;
import dev.tiaki.netfilter.nftables.model.NftObject;
import dev.tiaki.netfilter.nftables.model.Rule;
import dev.tiaki.netfilter.nftables.model.StatefulObject;
import dev.tiaki.netfilter.nftables.rule.Expression;
import dev.tiaki.netfilter.nftables.rule.NftFamily;
import dev.tiaki.netfilter.nftables.rule.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One spelling of what nftables spells in several ways: two texts made here are equal exactly where
 * nothing but spelling differs. They are to be compared, not to be applied.
 */
final class Canonical {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
  private static final List<String> STATE =
      List.of("handle", "packets", "bytes", "used", "comment", "elem", "auto-merge");

  private Canonical() {}

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("our own JSON cannot be read", e);
    }
  }

  /** Returns a rule without its place and handle. */
  static String of(Rule rule) {
    ArrayNode statements = NODES.arrayNode();
    for (Statement statement : rule.statements()) {
      statements.add(tree(NftWriter.DEFAULT.toText(statement)));
    }
    String comment = rule.comment() == null ? "" : " # " + rule.comment();
    return statements(statements, rule.family()) + comment;
  }

  /** Returns the statements of a rule. */
  static String statements(JsonNode statements, NftFamily family) {
    ArrayNode one = NODES.arrayNode();
    CanonicalStatement canonical = new CanonicalStatement(family);
    statements.forEach(statement -> one.add(canonical.of(statement)));
    return sorted(Implied.without(one)).toString();
  }

  /** Returns what something is, without what it is called, holds and has counted. */
  static String definition(NftObject object) {
    JsonNode properties = tree(NftWriter.DEFAULT.toText(object)).elements().next();
    ObjectNode kept = NODES.objectNode();
    for (Map.Entry<String, JsonNode> property : properties.properties()) {
      if (!isState(object, property.getKey())) {
        kept.set(
            property.getKey(), CanonicalStatement.plain(property.getKey(), property.getValue()));
      }
    }
    defaults(kept);
    return sorted(kept).toString();
  }

  private static boolean isState(NftObject object, String property) {
    boolean isThreshold = property.equals("bytes") && object instanceof StatefulObject.Quota;
    // nft 1.0.6 never lists the device of a chain
    return !isThreshold && (STATE.contains(property) || property.equals("dev"));
  }

  private static void defaults(ObjectNode properties) {
    if (properties.path("policy").asText().equals("accept")
        || properties.path("policy").asText().equals("performance")) {
      properties.remove("policy");
    }
    if (properties.path("size").asLong() == 65_535) {
      properties.remove("size"); // what nft gives to sets that rules fill
    }
    JsonNode flags = properties.path("flags");
    if (flags.isArray()) {
      ArrayNode kept = NODES.arrayNode();
      flags.forEach(flag -> {
        if (!flag.asText().equals("dynamic")) { // nft 1.0.6 does not list it
          kept.add(flag);
        }
      });
      properties.set("flags", kept);
      if (kept.isEmpty()) {
        properties.remove("flags");
      }
    }
  }

  /** Returns an element of a set without the rest of its time and what it has counted. */
  static String element(Expression element) {
    JsonNode node = tree(NftWriter.DEFAULT.toText(element));
    return sorted(CanonicalStatement.element(node)).toString();
  }

  /** Returns the key of an element, which tells it from the others. */
  static String key(Expression element) {
    JsonNode node = CanonicalStatement.element(tree(NftWriter.DEFAULT.toText(element)));
    JsonNode key = node.isArray() && node.size() == 2 ? node.get(0) : node;
    JsonNode value = key.path("elem").path("val");
    return sorted(value.isMissingNode() ? key : value).toString();
  }

  /** Returns the same with the keys of all objects in order. */
  static JsonNode sorted(JsonNode node) {
    if (node.isArray()) {
      ArrayNode items = NODES.arrayNode();
      node.forEach(item -> items.add(sorted(item)));
      return items;
    }
    if (!node.isObject()) {
      return node;
    }
    Map<String, JsonNode> members = new TreeMap<>();
    node.properties().forEach(member -> members.put(member.getKey(), sorted(member.getValue())));
    ObjectNode object = NODES.objectNode();
    members.forEach(object::set);
    return object;
  }
}
