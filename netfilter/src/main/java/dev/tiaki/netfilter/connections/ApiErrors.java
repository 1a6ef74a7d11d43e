package dev.tiaki.netfilter.connections;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.List;

/** The error objects. */
final class ApiErrors {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final InstantSource clock;

  ApiErrors(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * A field that cannot be used.
   *
   * @param parameter its name
   * @param value its text, empty when it is missing
   * @param error {@code required}, {@code not_a_port}, {@code not_an_address}, {@code not_an_id} or
   *     {@code unknown_protocol}
   */
  record BadField(String parameter, String value, String error) {}

  Answer invalidInput() {
    ObjectNode json = JSON.objectNode();
    json.put("id", clock.instant().getEpochSecond());
    json.put("type", "InvalidInput");
    json.put("message", "no_json_data_available");
    return new Answer(json, 1);
  }

  Answer generic() {
    ObjectNode json = JSON.objectNode();
    json.put("id", Long.toString(clock.instant().getEpochSecond()));
    json.put("type", "GenericError");
    json.put("message", "generic_error");
    return new Answer(json, 1);
  }

  Answer notValid(List<BadField> fields) {
    ObjectNode json = JSON.objectNode();
    json.put("type", "NotValid");
    json.put("message", "Validation failed");
    ArrayNode attributes = json.putArray("attributes");
    for (BadField field : fields) {
      attributes
          .addObject()
          .put("parameter", field.parameter())
          .put("value", field.value())
          .put("error", field.error());
    }
    return new Answer(json, 1);
  }
}
