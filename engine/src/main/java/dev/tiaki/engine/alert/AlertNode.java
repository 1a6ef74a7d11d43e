package dev.tiaki.engine.alert;

import java.util.List;

/**
 * One source or target of an alert.
 *
 * @param type {@code address} or {@code service}
 * @param values what it is, as text; bytes as ISO 8859-1
 */
public record AlertNode(String type, List<String> values) {
  /** Keeps its own copy of the values. */
  public AlertNode {
    values = List.copyOf(values);
  }

  /** Returns a node of the type {@code address}. */
  public static AlertNode address(String... values) {
    return new AlertNode("address", List.of(values));
  }

  /** Returns a node of the type {@code service}. */
  public static AlertNode service(String... values) {
    return new AlertNode("service", List.of(values));
  }
}
