package dev.tiaki.lua.grammar;

import java.util.List;

/** An entity inside of itself. */
final class RecursionNode extends Node {
  private final Node inner;

  RecursionNode(Place place, Node inner) {
    super(place);
    this.inner = inner;
  }

  @Override
  boolean parse(ParseContext context) {
    context.enterRecursion();
    boolean parsed = context.run(inner);
    context.leaveRecursion();
    return parsed;
  }

  @Override
  List<Node> inside() {
    return List.of();
  }

  Node inner() {
    return inner;
  }

  @Override
  String className() {
    return "DGRecurs";
  }

  @Override
  String traceName() {
    return "recursion";
  }
}
