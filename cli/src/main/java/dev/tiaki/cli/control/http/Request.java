package dev.tiaki.cli.control.http;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One request.
 *
 * @param method such as {@code GET}
 * @param path without the query
 * @param query the query's parameters; one given twice has its last value
 * @param variables what the variable parts of the path are, by the names of the route
 * @param accept the header of that name, empty when there is none
 * @param body the body as UTF-8, at most {@link HttpServer#MAX_BODY_BYTES}
 */
public record Request(
    String method,
    String path,
    Map<String, String> query,
    Map<String, String> variables,
    String accept,
    String body) {
  /** Keeps its own copies of the maps. */
  public Request {
    query = Map.copyOf(query);
    variables = Map.copyOf(variables);
  }

  Request with(Map<String, String> found) {
    return new Request(method, path, query, found, accept, body);
  }

  /** Returns a variable part of the path. */
  public String variable(String name) {
    return variables.getOrDefault(name, "");
  }

  /** Returns a parameter of the query, or null. */
  public @Nullable String parameter(String name) {
    return query.get(name);
  }

  /**
   * Sees to it that the query has no parameters but these.
   *
   * @throws Refusal naming those that it may have
   */
  public void requireOnly(Set<String> known) throws Refusal {
    for (String name : query.keySet()) {
      if (!known.contains(name)) {
        throw Refusal.badRequest(
            known.isEmpty()
                ? "there is no parameter '" + name + "' here"
                : "there is no parameter '%s' here, only %s"
                    .formatted(name, String.join(", ", new TreeSet<>(known))));
      }
    }
  }
}
