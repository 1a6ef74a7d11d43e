package dev.tiaki.engine.alert;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an attack works.
 *
 * @param description in words, or null
 * @param references where to read about it
 */
public record AlertMethod(@Nullable String description, List<String> references) {
  /** Keeps its own copy of the references. */
  public AlertMethod {
    references = List.copyOf(references);
  }
}
