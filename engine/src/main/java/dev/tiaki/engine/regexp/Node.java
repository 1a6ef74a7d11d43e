package dev.tiaki.engine.regexp;

import java.util.List;

/** A part of a parsed pattern. */
sealed interface Node {
  Node EMPTY = new Sequence(List.of());

  /** One byte out of a set. */
  record Item(ByteSet bytes) implements Node {}

  /** A condition that consumes nothing. */
  record Condition(Assertion assertion) implements Node {}

  /** Parts one after the other. */
  record Sequence(List<Node> parts) implements Node {}

  /** One of several, the first that leads to a match preferred. */
  record Choice(List<Node> cases) implements Node {}

  /** A part {@code min} to {@code max} times; {@code max} is -1 for any number. */
  record Repeat(Node part, int min, int max, boolean greedy) implements Node {}

  /** A capturing group, numbered from 1. */
  record Group(Node part, int number) implements Node {}
}
