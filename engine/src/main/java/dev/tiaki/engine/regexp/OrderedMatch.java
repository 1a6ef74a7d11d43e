package dev.tiaki.engine.regexp;

import java.util.Arrays;

/**
 * Finds the match that Perl would find at a known beginning: of the ways through the program the
 * one that its alternatives and quantifiers prefer, with what its groups captured. All ways are
 * followed at once, in the order of preference.
 */
final class OrderedMatch {
  private final Program program;
  private final int slots;
  private final int[] stamps;
  private final int[] stack;
  private Threads now;
  private Threads next;
  private int stamp;
  private long work;

  /** Ways through the program, the preferred ones first, each with its slots. */
  private static final class Threads {
    final int[] places;
    final int[][] saved;
    int count;

    Threads(int size) {
      places = new int[size];
      saved = new int[size][];
    }
  }

  OrderedMatch(Program program, int groups) {
    this.program = program;
    slots = 2 * groups + 2;
    stamps = new int[program.size()];
    stack = new int[3 * program.size() + 4];
    now = new Threads(program.size());
    next = new Threads(program.size());
  }

  long work() {
    return work;
  }

  /** Returns the slots of the match that begins at {@code start}, which there must be. */
  int[] find(byte[] text, int offset, int length, int start) {
    int[] best = new int[slots];
    int[] empty = new int[slots];
    Arrays.fill(empty, -1);
    empty[0] = start;
    now.count = 0;
    stamp++;
    add(now, 0, empty, text, offset, length, start);
    for (int at = start; now.count > 0; at++) {
      next.count = 0;
      stamp++;
      int value = at < length ? text[offset + at] & 0xff : Assertion.NOTHING;
      for (int i = 0; i < now.count; i++) {
        int place = now.places[i];
        if (program.code(place) == Program.MATCH) {
          best = now.saved[i];
          best[1] = at;
          break;
        }
        if (program.consumes(place, value)) {
          add(next, program.second(place), now.saved[i], text, offset, length, at + 1);
        }
      }
      Threads old = now;
      now = next;
      next = old;
    }
    return best;
  }

  /**
   * Adds a place and what leads on from it without a byte. The stack holds places, and for what a
   * group noted the value to put back, as three entries.
   */
  private void add(
      Threads into, int from, int[] given, byte[] text, int offset, int length, int at) {
    int[] saved = given.clone();
    int before = at > 0 ? text[offset + at - 1] & 0xff : Assertion.NOTHING;
    int after = at < length ? text[offset + at] & 0xff : Assertion.NOTHING;
    int depth = 0;
    stack[depth++] = from;
    while (depth > 0) {
      int place = stack[--depth];
      if (place < 0) {
        saved[-place - 1] = stack[--depth];
        continue;
      }
      if (stamps[place] == stamp) {
        continue;
      }
      stamps[place] = stamp;
      work++;
      switch (program.code(place)) {
        case Program.SPLIT -> {
          stack[depth++] = program.second(place);
          stack[depth++] = program.first(place);
        }
        case Program.JUMP -> stack[depth++] = program.first(place);
        case Program.SAVE -> {
          int slot = program.second(place);
          if (slot < slots) {
            stack[depth++] = saved[slot];
            stack[depth++] = -slot - 1;
            saved[slot] = at;
          }
          stack[depth++] = program.first(place);
        }
        case Program.ASSERT -> {
          if (program.holds(place, before, after)) {
            stack[depth++] = program.first(place);
          }
        }
        default -> {
          into.places[into.count] = place;
          into.saved[into.count++] = saved.clone();
          work += slots;
        }
      }
    }
  }
}
