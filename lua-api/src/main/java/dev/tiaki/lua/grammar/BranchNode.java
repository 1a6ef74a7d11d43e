package dev.tiaki.lua.grammar;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** One of several entities, chosen by a function. */
final class BranchNode extends Node {
  private final LuaValue selector;
  private final @Nullable String innerRule;
  private final LuaTable places = new LuaTable();
  private List<Node> cases = List.of();
  private @Nullable Node otherwise;
  private boolean strict = true;

  /** Makes the node; {@code innerRule} is the rule that the cases belong to. */
  BranchNode(Place place, LuaValue selector, @Nullable String innerRule) {
    super(place);
    this.selector = selector;
    this.innerRule = innerRule;
  }

  /**
   * Uses these cases, which another use of the same branch may share.
   *
   * @param keys what selects each
   * @param rest what is parsed when no key fits, or null
   * @param isStrict whether it is an error when no key fits and there is no rest
   */
  void setCases(List<LuaValue> keys, List<Node> shared, @Nullable Node rest, boolean isStrict) {
    for (int i = 0; i < keys.size(); i++) {
      places.rawset(keys.get(i), LuaValue.valueOf(i + 1));
    }
    cases = shared;
    otherwise = rest;
    strict = isStrict;
  }

  @Override
  boolean parse(ParseContext context) {
    LuaValue key = selector.call(context.result(), context);
    if (context.error() != null) {
      return false;
    }
    int place = key.isnil() ? 0 : places.rawget(key).optint(0);
    if (place > 0) {
      return context.run(cases.get(place - 1));
    }
    Node rest = otherwise;
    if (rest != null) {
      return context.run(rest);
    }
    return !strict || failed(context);
  }

  private boolean failed(ParseContext context) {
    context.raise("invalid case");
    ParseError error = context.error();
    if (error != null) {
      LuaValue id = innerRule == null ? LuaValue.NIL : LuaString.valueOf(innerRule);
      error.at(new FailNode(new Place(null, id), ""));
    }
    return false;
  }

  @Override
  List<Node> inside() {
    return cases;
  }

  @Override
  String className() {
    return "DGBranch";
  }
}
