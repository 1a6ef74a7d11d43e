package dev.tiaki.lua.interactive;

import java.util.List;

/**
 * What may stand at the end of a line.
 *
 * @param start the index in the line where the candidates begin
 * @param candidates whole words to put there, sorted; each begins with what stands there already
 */
public record Completion(int start, List<String> candidates) {
  /** Nothing fits. */
  public static final Completion NOTHING = new Completion(0, List.of());

  /** Keeps its own copy of the list. */
  public Completion {
    candidates = List.copyOf(candidates);
  }
}
