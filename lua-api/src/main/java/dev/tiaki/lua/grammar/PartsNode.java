package dev.tiaki.lua.grammar;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** A record or a sequence. */
final class PartsNode extends Node {
  private final @Nullable LuaString name;
  private final @Nullable LuaValue resultClass;
  private final Property property;
  private final Applies applies;
  private final boolean retained;
  private final LuaTable extra;
  private final List<Node> own = new ArrayList<>();
  private List<Node> parts = own;

  PartsNode(Place place, Kind.Parts kind, Traits traits) {
    super(place);
    name = traits.name();
    resultClass = traits.resultClass();
    property = Property.of(traits);
    applies = new Applies(traits.applies());
    retained = kind.retained();
    extra = kind.extra();
  }

  void setParts(List<Node> nodes) {
    own.addAll(nodes);
  }

  /** Uses the parts that another use of the same record is still being given. */
  void setPartsOf(PartsNode other) {
    parts = other.own;
  }

  @Override
  boolean parse(ParseContext context) {
    int marks = context.marks();
    if (retained) {
      context.input().waitForData(); // a mark before it would be at the end of older data
      context.mark(context.copiesOnly());
    }
    boolean parsed = parseParts(context);
    if (parsed) {
      context.unmarkTo(marks);
    }
    return parsed;
  }

  private boolean parseParts(ParseContext context) {
    LuaTable result = begin(context);
    for (Node part : parts) {
      if (!context.run(part)) {
        return false;
      }
    }
    if (name != null) {
      context.pop();
    }
    addExtra(result);
    if (!applies.run(result, context.result(), context)) {
      blame(context);
      return false;
    }
    return true;
  }

  private static void blame(ParseContext context) {
    ParseError error = context.error();
    if (error != null) {
      error.at(UNKNOWN);
    }
  }

  private LuaTable begin(ParseContext context) {
    LuaString field = name;
    if (field == null) {
      return context.result();
    }
    LuaTable outer = context.result();
    ResultTable own = context.push(resultClass, field);
    if (outer instanceof ResultTable table) {
      table.add(field, new SubResultField(property, own));
    }
    return own;
  }

  private void addExtra(LuaTable result) {
    if (!(result instanceof ResultTable table)) {
      return;
    }
    for (LuaValue key : extra.keys()) {
      table.add(key.checkstring(), Extras.field(key.checkstring(), extra.rawget(key)));
    }
  }

  @Override
  @Nullable LuaString name() {
    return name;
  }

  @Override
  List<Node> inside() {
    return parts;
  }

  @Override
  String className() {
    return "DGRecordStart";
  }

  boolean isRetained() {
    return retained;
  }

  @Override
  String traceName() {
    return "record";
  }
}
