package dev.tiaki.lua.grammar;

import dev.tiaki.engine.buffer.BufferIterator;
import dev.tiaki.engine.buffer.SubBuffer;
import dev.tiaki.lua.fault.Raised;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** An entity again and again. */
final class ArrayNode extends Node {
  private final Traits traits;
  private final Property property;
  private final Kind.@Nullable More more;
  private final @Nullable LuaValue creation;
  private ArrayNode holder = this;
  private Node element = UNKNOWN;
  private @Nullable CompiledEntity compiledElement;
  private @Nullable LuaValue elementClass;

  ArrayNode(Place place, Kind.Array kind, Traits traits) {
    super(place);
    this.traits = traits;
    property = Property.of(traits);
    more = kind.more();
    creation = kind.creation();
  }

  /** Uses the element that another use of the same array is still being given. */
  void setElementOf(ArrayNode other) {
    holder = other;
  }

  void setElement(Node node, CompiledEntity compiled, @Nullable LuaValue resultClass) {
    element = node;
    compiledElement = compiled;
    elementClass = resultClass;
  }

  @Override
  boolean parse(ParseContext context) {
    LuaTable array = begin(context);
    long count = 0;
    while (goesOn(array, count, context)) {
      count++;
      if (!parseElement(context, array, count)) {
        return false;
      }
    }
    if (context.error() != null) {
      return false;
    }
    context.pop();
    return true;
  }

  private LuaTable begin(ParseContext context) {
    LuaString field = traits.name();
    CompiledEntity entity = holder.compiledElement;
    if (field == null || entity == null) {
      LuaTable array = new LuaTable();
      context.pushTable(array, null);
      return array;
    }
    LuaTable outer = context.result();
    ResultTable array = context.push(arrayClass(context), field);
    array.setElements(new ElementSource(context.position().copy(), entity, creation));
    if (property.reader() != null && outer instanceof ResultTable table) {
      table.add(field, new SubResultField(property, array));
    } else {
      outer.set(field, array);
    }
    return array;
  }

  private LuaValue arrayClass(ParseContext context) {
    LuaValue own = traits.resultClass();
    return own == null ? context.runtime().classes().array() : own;
  }

  private boolean parseElement(ParseContext context, LuaTable array, long index) {
    BufferIterator begin = context.position().copy();
    ResultTable made = context.push(holder.elementClass, LuaValue.valueOf((double) index));
    array.rawset((int) index, made);
    if (!context.run(holder.element)) {
      return false;
    }
    context.pop();
    SubBuffer bytes = SubBuffer.between(begin, context.position());
    made.setRange(context.bindings().sub(bytes));
    context.position().split();
    return true;
  }

  private boolean goesOn(LuaTable array, long count, ParseContext context) {
    Kind.More rule = more;
    if (rule == null) {
      throw Raised.at("array without count or condition");
    }
    context.runtime().charge(1);
    LuaValue last = count == 0 ? LuaValue.NIL : array.rawget((int) count);
    boolean on =
        switch (rule.until()) {
          case COUNT -> count < limit(rule.value(), context);
          case CONDITION -> !rule.value().call(last, context).toboolean();
          case NO_CONDITION -> rule.value().call(last, context).toboolean();
        };
    return on && context.error() == null;
  }

  private static double limit(LuaValue value, ParseContext context) {
    LuaValue limit = value.isfunction() ? value.call(context.result(-2), context) : value;
    if (!limit.isnumber()) {
      throw Raised.at("attempt to compare number with " + limit.typename());
    }
    return limit.todouble();
  }

  @Override
  @Nullable LuaString name() {
    return traits.name();
  }

  @Override
  List<Node> inside() {
    return holder == this ? List.of(element) : List.of();
  }

  @Override
  String className() {
    return "DGArrayStart";
  }

  @Override
  String traceName() {
    return "array";
  }
}
