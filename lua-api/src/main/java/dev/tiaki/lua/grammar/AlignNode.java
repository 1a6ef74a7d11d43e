package dev.tiaki.lua.grammar;

/** The bits up to the next multiple of a width, counted from the beginning of the parse. */
final class AlignNode extends Node {
  private static final int BYTE_BITS = 8;

  private final int width;

  AlignNode(Place place, int width) {
    super(place);
    this.width = width;
  }

  @Override
  boolean parse(ParseContext context) {
    if (width <= 0) {
      return true;
    }
    long place = context.position().meter() * BYTE_BITS + context.bitOffset();
    long rest = place % width;
    long target = context.bitOffset() + (rest == 0 ? 0 : width - rest);
    context.take(target / BYTE_BITS);
    context.setBitOffset((int) (target % BYTE_BITS));
    return true;
  }

  @Override
  String className() {
    return "DGBits";
  }
}
