package dev.tiaki.engine.stream;

/**
 * Whose bytes count where two segments that both wait for earlier data overlap.
 *
 * <p>The systems differ, which evasions live on (Novak and Sturges, "Target-Based TCP Stream
 * Reassembly", 2007). What was delivered already is never changed by an overlap.
 */
public enum OverlapPolicy {
  /** The bytes that arrived first. The default. */
  FIRST,
  /** The bytes that arrived last. */
  LAST,
  /** The waiting segment's, unless the new one begins before it. */
  BSD,
  /**
   * The waiting segment's, unless the new one begins before it, or begins with it and ends behind
   * it.
   */
  LINUX,
  /** The waiting segment's, unless the new one begins before it and ends behind it. */
  WINDOWS;

  /**
   * Tells whether a new segment {@code [newStart, newEnd)} takes the bytes that it shares with a
   * waiting one {@code [oldStart, oldEnd)}; offsets are relative to a common base.
   */
  public boolean newWins(int newStart, int newEnd, int oldStart, int oldEnd) {
    return switch (this) {
      case FIRST -> false;
      case LAST -> true;
      case BSD -> newStart < oldStart;
      case LINUX -> newStart < oldStart || (newStart == oldStart && newEnd > oldEnd);
      case WINDOWS -> newStart < oldStart && newEnd > oldEnd;
    };
  }
}
