package dev.tiaki.cli.control.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which resource answers which method and path; parts like <code>{id}</code> stand for anything.
 */
public final class Routes {
  /**
   * One of them.
   *
   * @param method such as {@code GET}
   * @param path such as <code>/v1/flows/{id}</code>
   */
  public record Route(String method, String path, Resource resource) {
    private @Nullable Map<String, String> match(String[] parts) {
      String[] own = path.split("/", -1);
      if (own.length != parts.length) {
        return null;
      }
      Map<String, String> variables = new HashMap<>();
      for (int i = 0; i < own.length; i++) {
        if (own[i].startsWith("{")) {
          variables.put(own[i].substring(1, own[i].length() - 1), parts[i]);
        } else if (!own[i].equals(parts[i])) {
          return null;
        }
      }
      return variables;
    }
  }

  private final List<Route> all = new ArrayList<>();

  /** Makes no routes. */
  public Routes() {}

  /** Adds one. */
  public Routes add(String method, String path, Resource resource) {
    all.add(new Route(method, path, resource));
    return this;
  }

  /** Returns all of them. */
  public List<Route> all() {
    return List.copyOf(all);
  }

  /**
   * Has the right one answer.
   *
   * @throws Refusal 404 or 405 when there is none
   * @throws Exception what the resource throws
   */
  Reply answer(Request request) throws Exception {
    String[] parts = request.path().split("/", -1);
    TreeSet<String> methods = new TreeSet<>();
    for (Route route : all) {
      Map<String, String> variables = route.match(parts);
      if (variables != null && route.method().equals(request.method())) {
        return route.resource().answer(request.with(variables));
      }
      if (variables != null) {
        methods.add(route.method());
      }
    }
    if (methods.isEmpty()) {
      throw Refusal.notFound("there is nothing at " + request.path());
    }
    throw Refusal.of(
        405,
        "%s takes %s, not %s"
            .formatted(request.path(), String.join(", ", methods), request.method()));
  }
}
