package dev.tiaki.engine.regexp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A pattern as a nondeterministic automaton. Instruction {@code i} does {@code codes[i]} with its
 * arguments {@code first[i]} and {@code second[i]}.
 */
final class Program {
  /** Consumes a byte of {@code sets[first]} and goes to {@code second}. */
  static final int BYTE = 0;

  /** Goes to {@code first}, and with less preference to {@code second}. */
  static final int SPLIT = 1;

  /** Goes to {@code first}. */
  static final int JUMP = 2;

  /** Notes the position in slot {@code second} and goes to {@code first}. */
  static final int SAVE = 3;

  /** Goes to {@code first} where the condition numbered {@code second} holds. */
  static final int ASSERT = 4;

  /** A match ends here. */
  static final int MATCH = 5;

  private static final int MAX_INSTRUCTIONS = 20_000;

  private final int patternLength;
  private final List<ByteSet> sets = new ArrayList<>();
  private final List<Assertion> conditions = new ArrayList<>();
  private int[] codes = new int[32];
  private int[] first = new int[32];
  private int[] second = new int[32];
  private int size;
  private int emitted;

  private Program(int patternLength) {
    this.patternLength = patternLength;
  }

  /** Compiles a pattern; its first instruction is number 0. */
  static Program of(Node pattern, int patternLength) {
    Program program = new Program(patternLength);
    program.emit(pattern);
    program.add(MATCH, 0, 0);
    return program;
  }

  int size() {
    return size;
  }

  int code(int instruction) {
    return codes[instruction];
  }

  int first(int instruction) {
    return first[instruction];
  }

  int second(int instruction) {
    return second[instruction];
  }

  boolean consumes(int instruction, int value) {
    return value >= 0 && sets.get(first[instruction]).contains(value);
  }

  boolean holds(int instruction, int before, int after) {
    return conditions.get(second[instruction]).holds(before, after);
  }

  /** Tells whether there is any condition on what stands around a place. */
  boolean isAsserting() {
    return !conditions.isEmpty();
  }

  List<ByteSet> sets() {
    return sets;
  }

  private int add(int code, int one, int two) {
    if (size >= MAX_INSTRUCTIONS) {
      throw tooLarge();
    }
    if (size == codes.length) {
      codes = Arrays.copyOf(codes, size * 2);
      first = Arrays.copyOf(first, size * 2);
      second = Arrays.copyOf(second, size * 2);
    }
    codes[size] = code;
    first[size] = one;
    second[size] = two;
    return size++;
  }

  private RegexpSyntaxException tooLarge() {
    return new RegexpSyntaxException("regular expression is too large", patternLength);
  }

  /** Emits a part, behind which the next instruction follows. */
  private void emit(Node node) {
    if (++emitted > 4 * MAX_INSTRUCTIONS) {
      throw tooLarge(); // repetitions of nothing emit no instruction
    }
    switch (node) {
      case Node.Item(ByteSet bytes) -> add(BYTE, indexOf(bytes), size + 1);
      case Node.Condition(Assertion assertion) -> {
        add(ASSERT, size + 1, conditions.size());
        conditions.add(assertion);
      }
      case Node.Sequence(List<Node> parts) -> parts.forEach(this::emit);
      case Node.Choice(List<Node> cases) -> emitChoice(cases);
      case Node.Group(Node part, int number) -> {
        add(SAVE, size + 1, 2 * number);
        emit(part);
        add(SAVE, size + 1, 2 * number + 1);
      }
      case Node.Repeat repeat -> emitRepeat(repeat);
    }
  }

  private int indexOf(ByteSet bytes) {
    int known = sets.indexOf(bytes);
    if (known < 0) {
      known = sets.size();
      sets.add(bytes);
    }
    return known;
  }

  private void emitChoice(List<Node> cases) {
    List<Integer> exits = new ArrayList<>();
    for (int i = 0; i < cases.size() - 1; i++) {
      int split = add(SPLIT, size + 1, 0);
      emit(cases.get(i));
      exits.add(add(JUMP, 0, 0));
      second[split] = size;
    }
    emit(cases.getLast());
    for (int exit : exits) {
      first[exit] = size;
    }
  }

  private void emitRepeat(Node.Repeat repeat) {
    for (int i = 0; i < repeat.min(); i++) {
      emit(repeat.part());
    }
    if (repeat.max() < 0) {
      int split = add(SPLIT, 0, 0);
      int body = size;
      emit(repeat.part());
      add(JUMP, split, 0);
      aim(split, body, size, repeat.greedy());
      return;
    }
    List<Integer> splits = new ArrayList<>();
    for (int i = repeat.min(); i < repeat.max(); i++) {
      splits.add(add(SPLIT, 0, 0));
      emit(repeat.part());
    }
    for (int split : splits) {
      aim(split, split + 1, size, repeat.greedy());
    }
  }

  private void aim(int split, int body, int exit, boolean greedy) {
    first[split] = greedy ? body : exit;
    second[split] = greedy ? exit : body;
  }
}
