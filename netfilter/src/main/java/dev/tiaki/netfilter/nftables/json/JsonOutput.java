package dev.tiaki.netfilter.nftables.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tiaki.netfilter.nftables.model.Extras;
import dev.tiaki.netfilter.nftables.rule.RawJson;
import dev.tiaki.netfilter.nftables.rule.Word;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Properties of JSON objects, written as they come; null and false leave a property out. */
final class JsonOutput {
  private final JsonGenerator json;
  private final FlagShape flagShape;

  JsonOutput(JsonGenerator json, FlagShape flagShape) {
    this.json = json;
    this.flagShape = flagShape;
  }

  JsonGenerator json() {
    return json;
  }

  void open(String key) throws IOException {
    json.writeFieldName(key);
    json.writeStartObject();
  }

  void close() throws IOException {
    json.writeEndObject();
  }

  void text(String key, @Nullable String value) throws IOException {
    if (value != null) {
      json.writeStringField(key, value);
    }
  }

  void number(String key, @Nullable Number value) throws IOException {
    if (value != null) {
      json.writeNumberField(key, value.longValue());
    }
  }

  void word(String key, @Nullable Word value) throws IOException {
    if (value != null) {
      json.writeStringField(key, value.word());
    }
  }

  void isTrue(String key, boolean value) throws IOException {
    if (value) {
      json.writeBooleanField(key, true);
    }
  }

  void none(String key) throws IOException {
    json.writeNullField(key);
  }

  /** Flags, in the shape of this output; none are left out. */
  void flags(String key, List<? extends Word> flags) throws IOException {
    if (flags.size() == 1 && flagShape == FlagShape.TEXT) {
      word(key, flags.getFirst());
    } else {
      words(key, flags);
    }
  }

  /** Words, always as an array; none are left out. */
  void words(String key, List<? extends Word> words) throws IOException {
    if (!words.isEmpty()) {
      json.writeArrayFieldStart(key);
      for (Word word : words) {
        json.writeString(word.word());
      }
      json.writeEndArray();
    }
  }

  /** One string alone, or an array of several; none are left out. */
  void texts(String key, List<String> texts) throws IOException {
    if (texts.size() == 1) {
      json.writeStringField(key, texts.getFirst());
    } else if (!texts.isEmpty()) {
      json.writeArrayFieldStart(key);
      for (String text : texts) {
        json.writeString(text);
      }
      json.writeEndArray();
    }
  }

  void raw(RawJson raw) throws IOException {
    json.writeRawValue(raw.text());
  }

  void extras(Extras extras) throws IOException {
    for (Map.Entry<String, RawJson> property : extras.properties().entrySet()) {
      json.writeFieldName(property.getKey());
      raw(property.getValue());
    }
  }
}
