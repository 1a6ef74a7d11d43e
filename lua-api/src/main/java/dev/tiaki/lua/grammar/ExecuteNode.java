package dev.tiaki.lua.grammar;

import dev.tiaki.lua.fault.Raised;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaValue;

/** A function of the rule file in the middle of a parse. */
final class ExecuteNode extends Node {
  private final LuaValue function;
  private final @Nullable LuaValue message;

  ExecuteNode(Place place, Kind.Execute kind) {
    super(place);
    function = kind.function();
    message = kind.message();
  }

  @Override
  boolean parse(ParseContext context) {
    LuaValue answer = function.call(context.result(), context);
    LuaValue wrong = message;
    if (wrong != null && !answer.toboolean()) {
      throw new Raised(wrong, 1);
    }
    return context.error() == null;
  }

  @Override
  String className() {
    return "DGExecute";
  }
}
