package dev.tiaki.lua.grammar;

import dev.tiaki.lua.binding.IteratorValue;
import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.lib.Builtin;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** A compiled entity as rules use it: it parses and creates messages. */
final class CompiledEntity extends LuaTable {
  private final GrammarRuntime runtime;
  private final Node node;
  private final @Nullable LuaValue resultClass;

  CompiledEntity(GrammarRuntime runtime, Node node, @Nullable LuaValue resultClass) {
    this.runtime = runtime;
    this.node = node;
    this.resultClass = resultClass;
    GraphView.describe(this, node);
    rawset("parse", Builtin.of("parse", this::parse));
    rawset("create", Builtin.of("create", this::create));
    rawset("dump_graph", Builtin.of("dump_graph", all -> GraphView.dump(node, all.arg(2))));
  }

  Node node() {
    return node;
  }

  private static IteratorValue iterator(LuaValue value) {
    if (value instanceof IteratorValue iterator) {
      return iterator;
    }
    throw Raised.plain("expected 'vbuffer_iterator' got '" + value.typename() + "'");
  }

  private Varargs parse(Varargs all) {
    ParseContext context = new ParseContext(runtime, iterator(all.arg(2)), all.arg(3), null);
    LuaValue result = run(context);
    ParseError error = context.error();
    return LuaValue.varargsOf(result, error == null ? NIL : error);
  }

  private Varargs create(Varargs all) {
    LuaValue init = all.arg(3);
    ParseContext context =
        new ParseContext(runtime, iterator(all.arg(2)), NIL, init.isnil() ? new LuaTable() : init);
    LuaValue result = run(context);
    ParseError error = context.error();
    return LuaValue.varargsOf(result, error == null ? NIL : error);
  }

  private LuaValue run(ParseContext context) {
    ResultTable result = context.push(resultClass, null);
    result.allowValidation();
    try {
      context.run(node);
      context.logError();
    } finally {
      releaseMarks(context);
    }
    return result;
  }

  /** Callbacks that leave marks, or raise errors, must not stop the stream for ever. */
  private void releaseMarks(ParseContext context) {
    int left = context.marks();
    if (left > 0 && context.error() == null) {
      runtime.log().debug("removing " + left + " marks that a parse left");
    }
    context.unmarkTo(0);
  }

  @Override
  public LuaValue get(LuaValue key) {
    LuaValue own = super.get(key);
    return own.isnil() && key instanceof LuaString name ? GraphView.link(this, name) : own;
  }
}
