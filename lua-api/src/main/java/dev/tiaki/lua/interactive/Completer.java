package dev.tiaki.lua.interactive;

/** Knows what may stand at the end of a line that somebody is typing. */
@FunctionalInterface
public interface Completer {
  /** Completes nothing. */
  Completer NONE = line -> Completion.NOTHING;

  /**
   * Returns what may stand at the end of {@code line}.
   *
   * @param line what stands before the cursor
   */
  Completion complete(String line);
}
