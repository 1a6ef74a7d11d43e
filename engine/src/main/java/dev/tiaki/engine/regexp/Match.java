package dev.tiaki.engine.regexp;

import java.util.List;

/**
 * A match in an array.
 *
 * @param groups the whole match and then each capturing group; {@code [-1, -1)} where a group took
 *     no part
 */
public record Match(List<Range> groups) {
  /**
   * A range of offsets.
   *
   * @param first the offset of its first byte, or -1
   * @param last the offset behind its last byte, or -1
   */
  public record Range(int first, int last) {}

  /** Makes the list unchangeable. */
  public Match {
    groups = List.copyOf(groups);
  }

  /** Returns the offset of the first byte. */
  public int first() {
    return groups.getFirst().first();
  }

  /** Returns the offset behind the last byte. */
  public int last() {
    return groups.getFirst().last();
  }
}
