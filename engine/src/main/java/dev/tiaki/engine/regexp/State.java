package dev.tiaki.engine.regexp;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A state of the deterministic automaton: the places in the program where matches that are still
 * possible stand, grouped by where in the text they began, the earliest first.
 *
 * <p>A place belongs to the earliest group that reached it: whatever completes the later one
 * completes the earlier one as well, and the leftmost match wins.
 */
final class State {
  private static final int NONE = -1;

  final int[][] groups;

  /** The byte before this place, as far as assertions care. */
  final int before;

  /** Matches may still begin; false from the first match on. */
  final boolean searching;

  /** The last group begins at this very place. */
  final boolean fresh;

  /** The group that a match ends in here, or -1. */
  final int accepting;

  /** For each kind of byte the next state, where nothing else happens on the way. */
  final @Nullable State[] plain;

  /** For each kind of byte, and for the end of the text, how it goes on otherwise. */
  final @Nullable Step[] steps;

  State(int[][] groups, int before, boolean searching, boolean fresh, int accepting, int kinds) {
    this.groups = groups;
    this.before = before;
    this.searching = searching;
    this.fresh = fresh;
    this.accepting = accepting;
    this.plain = new State[kinds];
    this.steps = new Step[kinds + 1];
  }

  /** What a byte, or the end, does besides leading to a state. */
  static final class Step {
    final State target;

    /** The group before the step for each one after it that began earlier; null: the same. */
    final int @Nullable [] origins;

    /** The group that a match turned out to end in before the byte, or -1. */
    final int late;

    Step(State target, int @Nullable [] origins, int late) {
      this.target = target;
      this.origins = origins;
      this.late = late;
    }

    boolean isPlain() {
      return origins == null && late == NONE && target.accepting == NONE && !target.isDead();
    }
  }

  /** Tells whether nothing can match any more. */
  boolean isDead() {
    // only the last group can be empty: one that a match just ended in
    return !searching && (groups.length == 0 || groups[0].length == 0);
  }

  /** Returns how many groups began before this place. */
  int begunGroups() {
    return fresh ? groups.length - 1 : groups.length;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof State state
        && before == state.before
        && searching == state.searching
        && fresh == state.fresh
        && accepting == state.accepting
        && Arrays.deepEquals(groups, state.groups);
  }

  @Override
  public int hashCode() {
    int flags = (searching ? 1 : 0) + (fresh ? 2 : 0);
    return (Arrays.deepHashCode(groups) * 31 + before) * 31 + flags + accepting;
  }
}
