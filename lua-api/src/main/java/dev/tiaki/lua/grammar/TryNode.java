package dev.tiaki.lua.grammar;

import dev.tiaki.engine.buffer.BufferIterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** The first of several entities that parses; what a failed one did is undone. */
final class TryNode extends Node {
  private final Traits traits;
  private final @Nullable String innerRule;
  private List<Node> cases = List.of();

  /** Makes the node; {@code innerRule} is the rule that the cases belong to. */
  TryNode(Place place, Traits traits, @Nullable String innerRule) {
    super(place);
    this.traits = traits;
    this.innerRule = innerRule;
  }

  void setCases(List<Node> shared) {
    cases = shared;
  }

  @Override
  boolean parse(ParseContext context) {
    BufferIterator start = context.position().copy();
    int startBits = context.bitOffset();
    int marks = context.marks();
    context.mark(false);
    int depth = context.depth();
    for (Node node : cases) {
      ResultTable own = context.push(traits.resultClass(), traits.name());
      if (context.run(node)) {
        context.popTo(depth);
        publish(context.result(), own);
        context.unmarkTo(marks);
        return true;
      }
      context.forgive();
      context.unmarkTo(marks + 1);
      context.popTo(depth);
      context.position().moveTo(start);
      context.setBitOffset(startBits);
    }
    return failed(context);
  }

  private boolean failed(ParseContext context) {
    context.raise("cannot find a successful try case");
    ParseError error = context.error();
    if (error != null) {
      LuaValue id = innerRule == null ? LuaValue.NIL : LuaString.valueOf(innerRule);
      error.at(new FailNode(new Place(null, id), ""));
    }
    return false;
  }

  private void publish(LuaTable outer, ResultTable own) {
    if (!(outer instanceof ResultTable table)) {
      return;
    }
    LuaString field = traits.name();
    if (field == null) {
      table.merge(own);
    } else {
      table.add(field, new SubResultField(Property.of(traits), own));
    }
  }

  @Override
  @Nullable LuaString name() {
    return traits.name();
  }

  @Override
  List<Node> inside() {
    return cases;
  }

  @Override
  String className() {
    return "DGTryStart";
  }

  @Override
  String traceName() {
    return "try";
  }
}
