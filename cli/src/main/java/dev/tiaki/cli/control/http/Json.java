package dev.tiaki.cli.control.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Arrays;

/** How values are written and read: what is null is left out. */
public final class Json {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL);

  private Json() {}

  /** Returns a value as one line of JSON in UTF-8, with its line end. */
  public static byte[] line(Object value) {
    try {
      byte[] json = MAPPER.writeValueAsBytes(value);
      byte[] line = Arrays.copyOf(json, json.length + 1);
      line[json.length] = '\n';
      return line;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON can be made of " + value.getClass(), e);
    }
  }

  /**
   * Reads a body that has to be an object.
   *
   * @throws Refusal when it is none
   */
  public static ObjectNode object(String body) throws Refusal {
    try {
      JsonNode node = MAPPER.readTree(body);
      if (node instanceof ObjectNode object) {
        return object;
      }
    } catch (IOException notJson) {
      // said below
    }
    throw Refusal.badRequest("the body must be a JSON object");
  }
}
