package dev.tiaki.netfilter.nftables.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiaki.netfilter.nftables.check.Pointer;
import dev.tiaki.netfilter.nftables.check.Refusal;
import dev.tiaki.netfilter.nftables.rule.Word;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Flags: one string, or an array of strings. */
final class FlagList {
  private FlagList() {}

  static <E extends Enum<E> & Word> List<E> optional(Fields fields, String key, Class<E> type) {
    return fields.has(key) ? required(fields, key, type) : List.of();
  }

  static <E extends Enum<E> & Word> List<E> required(Fields fields, String key, Class<E> type) {
    List<E> flags = new ArrayList<>(4);
    List<String> words = texts(fields.required(key), fields.at(key));
    for (int i = 0; i < words.size(); i++) {
      flags.add(Fields.word(words.get(i), type, fields.at(key)));
    }
    return flags;
  }

  /** Returns the strings of a property, or none when it is missing. */
  static List<String> texts(Fields fields, String key) {
    JsonNode value = fields.optional(key);
    return value == null ? List.of() : texts(value, fields.at(key));
  }

  static List<String> texts(@Nullable JsonNode value, Pointer at) {
    if (value != null && value.isTextual()) {
      return List.of(value.textValue());
    }
    if (value == null || !value.isArray()) {
      throw new Refusal(at, "a string or an array of strings is expected");
    }
    List<String> texts = new ArrayList<>(value.size());
    for (int i = 0; i < value.size(); i++) {
      if (!value.get(i).isTextual()) {
        throw new Refusal(at.at(i), "a string is expected, not " + Fields.kind(value.get(i)));
      }
      texts.add(value.get(i).textValue());
    }
    return texts;
  }
}
