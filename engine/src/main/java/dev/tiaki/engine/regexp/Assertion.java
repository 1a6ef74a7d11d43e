package dev.tiaki.engine.regexp;

/** A condition on a place between two bytes. */
enum Assertion {
  /** {@code ^}: the beginning, or behind a line break that something follows. */
  LINE_START,
  /** {@code $}: the end, or before a line break. */
  LINE_END,
  /** {@code \A} and {@code \G}. */
  TEXT_START,
  /** {@code \z} and {@code \Z}. */
  TEXT_END,
  /** {@code \b}. */
  WORD_BOUNDARY,
  /** {@code \B}. */
  NO_WORD_BOUNDARY;

  /** What stands before a place or after it where there is no byte. */
  static final int NOTHING = -1;

  /** Tells whether the condition holds between two bytes, each of which may be {@link #NOTHING}. */
  boolean holds(int before, int after) {
    return switch (this) {
      case LINE_START -> before == NOTHING || (before == '\n' && after != NOTHING);
      case LINE_END -> after == NOTHING || after == '\n';
      case TEXT_START -> before == NOTHING;
      case TEXT_END -> after == NOTHING;
      case WORD_BOUNDARY -> isWord(before) != isWord(after);
      case NO_WORD_BOUNDARY -> isWord(before) == isWord(after);
    };
  }

  private static boolean isWord(int value) {
    return value != NOTHING && ByteSet.WORD.contains(value);
  }
}
