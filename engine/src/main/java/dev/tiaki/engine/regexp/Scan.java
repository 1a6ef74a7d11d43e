package dev.tiaki.engine.regexp;

import java.util.Arrays;

/**
 * The search for one match in a text that comes in pieces: the leftmost one, and of those that
 * begin there the longest. The cuts between the pieces do not matter.
 */
public final class Scan {
  private static final long NOWHERE = -1;

  private final Automaton automaton;
  private final byte[] kinds;
  private State state;
  private long[] starts = new long[4];
  private long[] spare = new long[4];
  private long position;
  private long first = NOWHERE;
  private long last = NOWHERE;
  private boolean decided;
  private boolean partial;

  Scan(Automaton automaton) {
    this.automaton = automaton;
    this.kinds = automaton.kinds().table();
    this.state = automaton.start();
    note(state, 0);
    decided = state.isDead();
  }

  /**
   * Searches on in the next piece of the text. What follows the end of a match is not looked at.
   *
   * @return whether it is decided what matches; then more pieces change nothing
   */
  public boolean feed(byte[] text, int offset, int length) {
    if (decided) {
      return true;
    }
    int at = offset;
    int end = offset + length;
    State current = state;
    while (at < end) {
      int kind = kinds[text[at] & 0xff] & 0xff;
      State next = current.plain[kind];
      if (next == null) {
        long here = position + (at - offset);
        next = step(current, kind, here);
        if (next.isDead()) {
          decided = true;
          at++;
          current = next;
          break;
        }
      }
      current = next;
      at++;
    }
    state = current;
    position += at - offset;
    partial = begun() != NOWHERE;
    return decided;
  }

  private State step(State from, int kind, long here) {
    State.Step step = automaton.step(from, kind);
    if (step.late >= 0) {
      found(from, step.late, here, here);
    }
    int[] origins = step.origins;
    if (origins != null) {
      move(from, origins, here);
    }
    note(step.target, here + 1);
    return step.target;
  }

  private void move(State from, int[] origins, long here) {
    if (spare.length < origins.length) {
      spare = new long[origins.length * 2];
    }
    int begun = from.begunGroups();
    for (int i = 0; i < origins.length; i++) {
      spare[i] = origins[i] < begun ? starts[origins[i]] : here;
    }
    long[] old = starts;
    starts = spare;
    spare = old;
    if (spare.length < starts.length) {
      spare = Arrays.copyOf(spare, starts.length);
    }
  }

  private void note(State reached, long here) {
    if (reached.accepting >= 0) {
      found(reached, reached.accepting, here, here);
    }
  }

  private void found(State in, int group, long here, long end) {
    first = group < in.begunGroups() ? starts[group] : here;
    last = end;
  }

  /** Says that the text ends here. */
  public void end() {
    if (!decided) {
      State.Step step = automaton.step(state, automaton.kinds().count());
      if (step.late >= 0) {
        found(state, step.late, position, position);
      }
      decided = true;
    }
  }

  /** Tells whether it is decided what matches. */
  public boolean isDecided() {
    return decided;
  }

  /** Tells whether something matches and nothing that may follow changes what. */
  public boolean isMatched() {
    return decided && last != NOWHERE;
  }

  /** Tells whether the text so far ends inside of what may become a match, or a longer one. */
  public boolean isPartial() {
    return partial && !isMatched();
  }

  /**
   * Returns where the match begins, or the earliest one that is still possible, counted from the
   * first byte of the text; -1 when there is none.
   */
  public long first() {
    if (isMatched()) {
      return first;
    }
    return partial ? begun() : NOWHERE;
  }

  /** Returns where the match ends, behind its last byte; -1 while there is none. */
  public long last() {
    return isMatched() ? last : NOWHERE;
  }

  /** Returns where the longest match so far ends, which may grow or still be left for another. */
  public long candidateLast() {
    return last;
  }

  /** Returns where the text that was searched ends; behind the end of a match there may be more. */
  public long position() {
    return position;
  }

  private long begun() {
    if (state.begunGroups() > 0 && state.groups[0].length > 0) {
      return starts[0];
    }
    return last != NOWHERE && last > first ? first : NOWHERE;
  }
}
