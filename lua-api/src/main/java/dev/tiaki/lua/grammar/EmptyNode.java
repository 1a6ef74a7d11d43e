package dev.tiaki.lua.grammar;

/** Nothing. */
final class EmptyNode extends Node {
  EmptyNode(Place place) {
    super(place);
  }

  @Override
  boolean parse(ParseContext context) {
    return true;
  }

  @Override
  String className() {
    return "DGEmpty";
  }
}
