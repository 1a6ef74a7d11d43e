package dev.tiaki.netfilter.nftables.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiaki.netfilter.nftables.check.Pointer;
import dev.tiaki.netfilter.nftables.check.Refusal;
import dev.tiaki.netfilter.nftables.model.Extras;
import dev.tiaki.netfilter.nftables.rule.RawJson;
import dev.tiaki.netfilter.nftables.rule.Word;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The properties of one object: each is taken once, and what is left at the end is unknown. Strict,
 * anything unknown or of a wrong type is refused; lenient, optional properties that do not fit are
 * left over.
 */
final class Fields {
  private static final int MOST = 20;

  private final JsonNode node;
  private final Pointer pointer;
  private final boolean isStrict;
  private final String[] taken = new String[MOST];
  private int count;

  Fields(JsonNode node, Pointer pointer, boolean isStrict) {
    if (!node.isObject()) {
      throw new Refusal(pointer, "an object is expected, not " + kind(node));
    }
    this.node = node;
    this.pointer = pointer;
    this.isStrict = isStrict;
  }

  Pointer pointer() {
    return pointer;
  }

  Pointer at(String key) {
    return pointer.at(key);
  }

  boolean has(String key) {
    return node.get(key) != null;
  }

  /** Returns the property without taking it, or null. */
  @Nullable JsonNode peek(String key) {
    return node.get(key);
  }

  private void mark(String key) {
    taken[count++] = key;
  }

  /** Returns the property as it is, or null. */
  @Nullable JsonNode optional(String key) {
    JsonNode value = node.get(key);
    if (value != null) {
      mark(key);
    }
    return value;
  }

  JsonNode required(String key) {
    JsonNode value = optional(key);
    if (value == null) {
      throw new Refusal(pointer, "property \"" + key + "\" is missing");
    }
    return value;
  }

  String text(String key) {
    JsonNode value = required(key);
    if (!value.isTextual()) {
      throw wrong(key, "a string", value);
    }
    return value.textValue();
  }

  @Nullable String optionalText(String key) {
    JsonNode value = node.get(key);
    if (value == null || misses(key, value.isTextual(), "a string", value)) {
      return null;
    }
    mark(key);
    return value.textValue();
  }

  long number(String key) {
    JsonNode value = required(key);
    if (!isNumber(value)) {
      throw wrong(key, "a whole number of 64 bits", value);
    }
    return value.longValue();
  }

  int integer(String key) {
    JsonNode value = required(key);
    if (!isInteger(value)) {
      throw wrong(key, "a whole number of 32 bits", value);
    }
    return value.intValue();
  }

  @Nullable Long optionalNumber(String key) {
    JsonNode value = node.get(key);
    if (value == null || misses(key, isNumber(value), "a whole number of 64 bits", value)) {
      return null;
    }
    mark(key);
    return value.longValue();
  }

  @Nullable Integer optionalInteger(String key) {
    JsonNode value = node.get(key);
    if (value == null || misses(key, isInteger(value), "a whole number of 32 bits", value)) {
      return null;
    }
    mark(key);
    return value.intValue();
  }

  boolean isTrue(String key) {
    JsonNode value = node.get(key);
    if (value == null || misses(key, value.isBoolean(), "true or false", value)) {
      return false;
    }
    mark(key);
    return value.booleanValue();
  }

  <E extends Enum<E> & Word> E word(String key, Class<E> type) {
    return word(text(key), type, at(key));
  }

  <E extends Enum<E> & Word> @Nullable E optionalWord(String key, Class<E> type) {
    String text = optionalText(key);
    return text == null ? null : word(text, type, at(key));
  }

  /** Refuses what was not taken, or returns it. */
  Extras finish() {
    if (isStrict) {
      finishWholly();
    }
    return rest();
  }

  /** Returns what was not taken, even when reading strictly. */
  Extras rest() {
    return count == node.size() ? Extras.NONE : new Extras(untaken());
  }

  private Map<String, RawJson> untaken() {
    Map<String, RawJson> left = new LinkedHashMap<>();
    node.properties()
        .forEach(property -> {
          if (!isTaken(property.getKey())) {
            left.put(property.getKey(), Raw.of(property.getValue()));
          }
        });
    return left;
  }

  /** Refuses what was not taken, even when reading leniently: the whole is then kept as it is. */
  void finishWholly() {
    if (count != node.size()) {
      String key = untaken().keySet().iterator().next();
      throw new Refusal(pointer.at(key), "unknown property \"" + Raw.shown(key) + "\"");
    }
  }

  private boolean isTaken(String key) {
    for (int i = 0; i < count; i++) {
      if (key.equals(taken[i])) {
        return true;
      }
    }
    return false;
  }

  private boolean misses(String key, boolean fits, String wanted, JsonNode value) {
    if (!fits && isStrict) {
      throw wrong(key, wanted, value);
    }
    return !fits;
  }

  private Refusal wrong(String key, String wanted, JsonNode value) {
    return new Refusal(at(key), wanted + " is expected, not " + kind(value));
  }

  static <E extends Enum<E> & Word> E word(String text, Class<E> type, Pointer at) {
    E word = Word.find(type, text);
    if (word == null) {
      throw new Refusal(at, "unknown word \"" + Raw.shown(text) + "\"");
    }
    return word;
  }

  private static boolean isNumber(JsonNode value) {
    return value.isIntegralNumber() && value.canConvertToLong();
  }

  private static boolean isInteger(JsonNode value) {
    return value.isIntegralNumber() && value.canConvertToInt();
  }

  static String kind(JsonNode node) {
    return switch (node.getNodeType()) {
      case ARRAY -> "an array";
      case BOOLEAN -> "a boolean";
      case NUMBER -> node.isIntegralNumber() ? "the number " + Raw.shown(node.asText()) : "a real";
      case OBJECT -> "an object";
      case STRING -> "the string \"" + Raw.shown(node.textValue()) + "\"";
      case NULL, MISSING, BINARY, POJO -> "null";
    };
  }
}
