package dev.tiaki.engine.regexp;

import java.util.Arrays;

/**
 * The bytes that a program does not tell apart, numbered: automata have one transition for each
 * kind instead of 256.
 */
final class ByteKinds {
  private final byte[] kinds = new byte[256];
  private final int[] examples;

  ByteKinds(Program program) {
    int[] numbers = new int[256];
    int count = 1;
    for (ByteSet set : program.sets()) {
      count = split(numbers, count, set);
    }
    if (program.isAsserting()) {
      count = split(numbers, count, ByteSet.NEWLINE);
      count = split(numbers, count, ByteSet.WORD);
    }
    examples = new int[count];
    for (int b = 255; b >= 0; b--) {
      kinds[b] = (byte) numbers[b];
      examples[numbers[b]] = b;
    }
  }

  /** Splits each kind into what is in the set and what is not; returns how many there are then. */
  private static int split(int[] numbers, int count, ByteSet set) {
    int[] inside = new int[256];
    int[] renamed = new int[512];
    Arrays.fill(renamed, -1);
    int made = 0;
    for (int b = 0; b < 256; b++) {
      int key = numbers[b] * 2 + (set.contains(b) ? 1 : 0);
      if (renamed[key] < 0) {
        renamed[key] = made++;
      }
      inside[b] = renamed[key];
    }
    System.arraycopy(inside, 0, numbers, 0, 256);
    return Math.max(made, count);
  }

  int count() {
    return examples.length;
  }

  int kindOf(byte value) {
    return kinds[value & 0xff] & 0xff;
  }

  byte[] table() {
    return kinds;
  }

  /** Returns a byte of the kind. */
  int example(int kind) {
    return examples[kind];
  }
}
