package dev.tiaki.lua.grammar;

import dev.tiaki.engine.log.LogSection;
import dev.tiaki.lua.binding.Bindings;
import dev.tiaki.lua.binding.IteratorValue;
import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.lib.Builtin;
import dev.tiaki.lua.text.ByteText;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** What all grammars of one Lua state share. */
final class GrammarRuntime {
  private final Bindings bindings;
  private final LogSection log;
  private final ResultClasses classes;
  private final LuaTable contextMethods = new LuaTable();
  private final LuaValue format;

  GrammarRuntime(Bindings bindings, ResultClasses classes) {
    this.bindings = bindings;
    this.classes = classes;
    log = bindings.context().log().section("grammar");
    format = bindings.runtime().globals().get("string").get("format");
    Builtin.add(contextMethods, "result", GrammarRuntime::result);
    Builtin.add(contextMethods, "error", this::error);
    Builtin.add(contextMethods, "mark", GrammarRuntime::mark);
    Builtin.add(contextMethods, "unmark", GrammarRuntime::unmark);
    Builtin.add(contextMethods, "update", GrammarRuntime::update);
    Builtin.add(contextMethods, "lookahead", all -> LuaValue.valueOf(self(all).lookahead()));
  }

  Bindings bindings() {
    return bindings;
  }

  LogSection log() {
    return log;
  }

  ResultClasses classes() {
    return classes;
  }

  LuaTable contextMethods() {
    return contextMethods;
  }

  /** Lets the running rule pay for steps. */
  void charge(int steps) {
    bindings.runtime().budget().work(steps);
  }

  /** Lets the running rule pay for memory. */
  void chargeBytes(long bytes) {
    bindings.runtime().budget().charge(bytes);
  }

  private static ParseContext self(Varargs all) {
    return ParseContext.of(all.arg1());
  }

  private static Varargs result(Varargs all) {
    return self(all).result(all.arg(2).isnil() ? -1 : all.checklong(2));
  }

  private Varargs error(Varargs all) {
    LuaValue text = format.invoke(all.subargs(2)).arg1();
    self(all).raise(ByteText.of(text.checkstring()));
    return LuaValue.NONE;
  }

  private static Varargs mark(Varargs all) {
    self(all).mark(all.arg(2).toboolean());
    return LuaValue.NONE;
  }

  private static Varargs unmark(Varargs all) {
    self(all).unmark();
    return LuaValue.NONE;
  }

  private static Varargs update(Varargs all) {
    if (!(all.arg(2) instanceof IteratorValue other)) {
      throw Raised.at("iterator expected, got " + all.arg(2).typename());
    }
    self(all).position().moveTo(other.iterator());
    return LuaValue.NONE;
  }
}
