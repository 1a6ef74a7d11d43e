package dev.tiaki.lua.grammar;

/** A parse error wherever it is reached. */
final class FailNode extends Node {
  private final String message;

  FailNode(Place place, String message) {
    super(place);
    this.message = message;
  }

  @Override
  boolean parse(ParseContext context) {
    return context.fail(message);
  }

  @Override
  String className() {
    return "DGError";
  }
}
