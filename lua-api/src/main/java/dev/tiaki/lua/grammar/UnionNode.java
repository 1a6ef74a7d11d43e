package dev.tiaki.lua.grammar;

import dev.tiaki.engine.buffer.BufferIterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;

/** Entities that all begin at the same place; the longest says where the union ends. */
final class UnionNode extends Node {
  private final Traits traits;
  private List<Node> parts = List.of();

  UnionNode(Place place, Traits traits) {
    super(place);
    this.traits = traits;
  }

  void setParts(List<Node> shared) {
    parts = shared;
  }

  @Override
  boolean parse(ParseContext context) {
    LuaString field = traits.name();
    if (field != null) {
      LuaTable outer = context.result();
      ResultTable own = context.push(traits.resultClass(), field);
      if (outer instanceof ResultTable table) {
        table.add(field, new SubResultField(Property.of(traits), own));
      }
    }
    context.mark(false);
    int marks = context.marks();
    if (!parseParts(context)) {
      return false;
    }
    context.unmarkTo(marks - 1);
    if (field != null) {
      context.pop();
    }
    return true;
  }

  private boolean parseParts(ParseContext context) {
    BufferIterator start = context.position().copy();
    int startBits = context.bitOffset();
    BufferIterator end = start.copy();
    int endBits = startBits;
    for (Node part : parts) {
      context.position().moveTo(start);
      context.setBitOffset(startBits);
      if (!context.run(part)) {
        return false;
      }
      long meter = context.position().meter();
      if (meter > end.meter()) {
        end = context.position().copy();
        endBits = context.bitOffset();
      } else if (meter == end.meter()) {
        endBits = Math.max(endBits, context.bitOffset());
      }
    }
    context.position().moveTo(end);
    context.setBitOffset(endBits);
    return true;
  }

  @Override
  @Nullable LuaString name() {
    return traits.name();
  }

  @Override
  List<Node> inside() {
    return parts;
  }

  @Override
  String className() {
    return "DGUnionStart";
  }

  @Override
  String traceName() {
    return "union";
  }
}
