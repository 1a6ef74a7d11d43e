package dev.tiaki.engine.regexp;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The deterministic automaton of a program, built as texts ask for its states. What it knows is
 * bounded: when there are too many states it forgets them all and goes on, so that a hostile text
 * costs time in proportion to its length and the program's, and no more memory.
 */
final class Automaton {
  /** Places in all states together, some 8 MB with what else a state holds. */
  private static final int MAX_PLACES = 250_000;

  private static final int OTHER = ' ';

  private final Program program;
  private final ByteKinds kinds;
  private final boolean anchored;
  private final Map<State, State> known = new HashMap<>();
  private final State start;
  private int places;
  private long work;

  // one step at a time: what it has reached so far
  private final int[] stamps;
  private final int[] found;
  private final int[] stack;
  private int stamp;
  private int foundCount;
  private boolean matched;

  /** Makes the automaton; an anchored one only finds matches that begin with the text. */
  Automaton(Program program, ByteKinds kinds, boolean anchored) {
    this.program = program;
    this.kinds = kinds;
    this.anchored = anchored;
    stamps = new int[program.size()];
    found = new int[program.size()];
    stack = new int[2 * program.size() + 2];
    start = startState();
  }

  State start() {
    return start;
  }

  ByteKinds kinds() {
    return kinds;
  }

  /** Returns how many places of the program were looked at so far. */
  long work() {
    return work;
  }

  private State startState() {
    stamp++;
    int[] group = startGroup();
    int[][] groups = group.length == 0 && !matched ? new int[0][] : new int[][] {group};
    return intern(groups, Assertion.NOTHING, !matched && !anchored, true, matched ? 0 : -1);
  }

  private int[] startGroup() {
    foundCount = 0;
    matched = false;
    reach(0);
    return taken();
  }

  /** Returns how a state goes on with a kind of byte, {@code kinds.count()} for the end. */
  State.Step step(State from, int kind) {
    State.Step old = from.steps[kind];
    if (old != null) {
      return old;
    }
    boolean end = kind == kinds.count();
    int value = end ? Assertion.NOTHING : kinds.example(kind);
    State.Step made = new Stepping(from, value).make(end);
    from.steps[kind] = made;
    if (!end && made.isPlain()) {
      from.plain[kind] = made.target;
    }
    return made;
  }

  /** The making of one step. */
  private final class Stepping {
    private final State from;
    private final int value;
    private final int[][] groups;
    private final int[] origins;
    private int count;
    private int late = -1;

    Stepping(State from, int value) {
      this.from = from;
      this.value = value;
      groups = new int[from.groups.length + 1][];
      origins = new int[from.groups.length + 1];
    }

    State.Step make(boolean end) {
      int[][] before = program.isAsserting() ? settled() : from.groups;
      if (end) {
        return new State.Step(finished(), new int[0], late);
      }
      boolean searching = from.searching && late < 0;
      stamp++;
      int accepting = -1;
      int live = late < 0 ? before.length : late + 1;
      for (int group = 0; group < live && accepting < 0; group++) {
        if (consume(before[group], group)) {
          accepting = count - 1;
        }
      }
      searching &= accepting < 0;
      boolean fresh = false;
      if (searching && !anchored) {
        int[] group = startGroup();
        fresh = group.length > 0 || matched;
        if (fresh) {
          groups[count] = group;
          origins[count++] = -1;
          accepting = matched ? count - 1 : -1;
          searching = !matched;
        }
      }
      return finish(searching, fresh, accepting);
    }

    /** Moves a group over the byte; true when a match ends behind it. */
    private boolean consume(int[] standing, int group) {
      foundCount = 0;
      matched = false;
      work += standing.length;
      for (int place : standing) {
        if (program.code(place) == Program.BYTE && program.consumes(place, value)) {
          reach(program.second(place));
        }
      }
      if (foundCount == 0 && !matched) {
        return false;
      }
      groups[count] = taken();
      origins[count++] = group;
      return matched;
    }

    private State.Step finish(boolean searching, boolean fresh, int accepting) {
      int[][] kept = Arrays.copyOf(groups, count);
      int before = program.isAsserting() ? contextOf(value) : Assertion.NOTHING;
      State target = intern(kept, before, searching, fresh, accepting);
      return new State.Step(target, changedOrigins(fresh), late);
    }

    private int @Nullable [] changedOrigins(boolean fresh) {
      int begun = fresh ? count - 1 : count;
      boolean same = begun == from.begunGroups();
      for (int i = 0; same && i < begun; i++) {
        same = origins[i] == i;
      }
      return same ? null : Arrays.copyOf(origins, begun);
    }

    /** Goes on from the conditions that wait in the state, now that the byte behind is known. */
    private int[][] settled() {
      int[][] settled = new int[from.groups.length][];
      stamp++;
      for (int group = 0; group < settled.length && late < 0; group++) {
        foundCount = 0;
        matched = false;
        for (int place : from.groups[group]) {
          settle(place);
        }
        settled[group] = taken();
        if (matched && group != from.accepting) {
          late = group;
        }
      }
      return settled;
    }

    private void settle(int place) {
      int depth = 0;
      stack[depth++] = place;
      while (depth > 0) {
        int at = stack[--depth];
        if (stamps[at] == stamp) {
          continue;
        }
        if (program.code(at) == Program.ASSERT && program.holds(at, from.before, value)) {
          stamps[at] = stamp;
          stack[depth++] = program.first(at);
        } else {
          depth = visit(at, depth);
        }
      }
    }

    private State finished() {
      return intern(new int[0][], Assertion.NOTHING, false, false, -1);
    }
  }

  private static int contextOf(int value) {
    if (value == '\n') {
      return '\n';
    }
    return ByteSet.WORD.contains(value) ? 'w' : OTHER;
  }

  /** Adds a place and all that lead on from it without a byte, unless an earlier group has them. */
  private void reach(int place) {
    int depth = 0;
    stack[depth++] = place;
    while (depth > 0) {
      depth = visit(stack[--depth], depth);
    }
  }

  /** Visits one place and returns the depth of the stack with those that follow it. */
  private int visit(int at, int depth) {
    if (stamps[at] == stamp) {
      return depth;
    }
    stamps[at] = stamp;
    work++;
    int top = depth;
    switch (program.code(at)) {
      case Program.SPLIT -> {
        stack[top++] = program.second(at);
        stack[top++] = program.first(at);
      }
      case Program.JUMP, Program.SAVE -> stack[top++] = program.first(at);
      case Program.MATCH -> {
        matched = true;
        stamps[at] = stamp - 1; // the end belongs to each group that reaches it
      }
      default -> found[foundCount++] = at;
    }
    return top;
  }

  private int[] taken() {
    int[] places = Arrays.copyOf(found, foundCount);
    Arrays.sort(places);
    return places;
  }

  private State intern(
      int[][] groups, int before, boolean searching, boolean fresh, int accepting) {
    State made = new State(groups, before, searching, fresh, accepting, kinds.count());
    State old = known.get(made);
    if (old != null) {
      return old;
    }
    places += 8 + kinds.count() / 4;
    for (int[] group : groups) {
      places += group.length;
    }
    if (places > MAX_PLACES) {
      forget();
    }
    known.put(made, made);
    return made;
  }

  /** Forgets all states but the first; those in use go on and find new ones. */
  private void forget() {
    known.clear();
    places = 0;
    Arrays.fill(start.plain, null);
    Arrays.fill(start.steps, null);
    known.put(start, start);
  }
}
