package dev.tiaki.cli.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The description of the API, and what is wrong with an answer by it. Stricter than OpenAPI: a
 * field that the description does not name is wrong, unless it says that there may be others.
 */
public final class OpenApi {
  private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

  private final JsonNode root;

  private OpenApi(JsonNode root) {
    this.root = root;
  }

  /** Reads the description that the program carries. */
  public static OpenApi read() throws IOException {
    try (InputStream in =
        OpenApi.class.getResourceAsStream("/dev/tiaki/cli/control/resource/openapi.yaml")) {
      Object tree =
          new Yaml(new SafeConstructor(new LoaderOptions())).load(Objects.requireNonNull(in));
      return new OpenApi(new ObjectMapper().valueToTree(tree));
    }
  }

  /** Returns every method and path, {@code GET /v1/status}, sorted. */
  public Set<String> operations() {
    Set<String> all = new TreeSet<>();
    for (Map.Entry<String, JsonNode> path : root.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        if (METHODS.contains(method.getKey())) {
          all.add(method.getKey().toUpperCase(java.util.Locale.ROOT) + " " + path.getKey());
        }
      }
    }
    return all;
  }

  /** Returns what is wrong with a JSON answer; nothing when it is as described. */
  public List<String> problems(String method, String path, int status, JsonNode body) {
    JsonNode answers =
        root.path("paths")
            .path(path)
            .path(method.toLowerCase(java.util.Locale.ROOT))
            .path("responses");
    JsonNode answer = answers.path(Integer.toString(status));
    if (answer.isMissingNode()) {
      return List.of("%s %s: status %d is not described".formatted(method, path, status));
    }
    List<String> problems = new ArrayList<>();
    check(answer.path("content").path("application/json").path("schema"), body, path, problems);
    return problems;
  }

  /** Returns what is wrong with a value of a schema. */
  public List<String> problems(String schema, JsonNode value) {
    List<String> problems = new ArrayList<>();
    check(root.path("components").path("schemas").path(schema), value, schema, problems);
    return problems;
  }

  private void check(JsonNode schema, JsonNode value, String at, List<String> problems) {
    JsonNode wanted =
        schema.has("$ref") ? root.at(schema.path("$ref").asText().substring(1)) : schema;
    String type = wanted.path("type").asText();
    boolean fits =
        switch (type) {
          case "object" -> value.isObject();
          case "array" -> value.isArray();
          case "string" -> value.isTextual();
          case "boolean" -> value.isBoolean();
          case "integer" -> value.isIntegralNumber();
          case "number" -> value.isNumber();
          default -> false;
        };
    if (!fits) {
      problems.add("%s: '%s' is no %s".formatted(at, value, type.isEmpty() ? "schema" : type));
      return;
    }
    if (wanted.has("enum") && !contains(wanted.path("enum"), value)) {
      problems.add("%s: '%s' is none of %s".formatted(at, value.asText(), wanted.path("enum")));
    }
    if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        check(wanted.path("items"), value.get(i), at + "[" + i + "]", problems);
      }
    }
    if (value.isObject()) {
      checkFields(wanted, value, at, problems);
    }
  }

  private static boolean contains(JsonNode words, JsonNode value) {
    for (JsonNode word : words) {
      if (word.equals(value)) {
        return true;
      }
    }
    return false;
  }

  private void checkFields(JsonNode schema, JsonNode value, String at, List<String> problems) {
    for (JsonNode name : schema.path("required")) {
      if (!value.has(name.asText())) {
        problems.add(at + ": there is no " + name.asText());
      }
    }
    JsonNode others = schema.path("additionalProperties");
    for (Map.Entry<String, JsonNode> field : value.properties()) {
      JsonNode known = schema.path("properties").path(field.getKey());
      String place = at + "." + field.getKey();
      if (!known.isMissingNode()) {
        check(known, field.getValue(), place, problems);
      } else if (others.isObject()) {
        check(others, field.getValue(), place, problems);
      } else if (!others.asBoolean(false)) {
        problems.add(place + " is not described");
      }
    }
  }
}
