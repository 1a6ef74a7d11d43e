package dev.tiaki.lua.grammar;

import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.lib.Builtin;
import dev.tiaki.lua.text.ByteText;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * What a definition function sees in the place of unknown globals: the words of grammars and the
 * rules so far. New globals that it assigns become rules.
 */
final class Definition {
  private final GrammarWords words;
  private final GrammarTable grammar;
  private final LuaTable own = new LuaTable();

  Definition(GrammarWords words, GrammarTable grammar) {
    this.words = words;
    this.grammar = grammar;
    Builtin.add(own, "export", this::export);
    Builtin.add(own, "extend", this::extend);
    Builtin.add(own, "define", this::define);
  }

  /** Runs the definition with its environment, which is as it was afterwards. */
  void run(LuaValue function, LuaTable environment) {
    LuaTable metatable = new LuaTable();
    Builtin.add(metatable, "__index", all -> find(all.arg(2)));
    Builtin.add(metatable, "__newindex", this::assign);
    LuaValue before = environment.getmetatable();
    environment.setmetatable(metatable);
    try {
      function.call();
    } finally {
      environment.setmetatable(before);
    }
  }

  private LuaValue word(LuaValue name) {
    LuaValue found = own.rawget(name);
    return found.isnil() ? words.word(name) : found;
  }

  private LuaValue find(LuaValue name) {
    LuaValue word = word(name);
    if (!word.isnil() || !(name instanceof LuaString text)) {
      return word;
    }
    String rule = ByteText.of(text);
    return grammar.rules().containsKey(rule) ? words.reference(rule) : LuaValue.NIL;
  }

  private Varargs assign(Varargs all) {
    LuaValue name = all.arg(2);
    if (!word(name).isnil()) {
      throw Raised.at("'" + name.tojstring() + "' is reserved in the grammar scope");
    }
    if (all.arg(3) instanceof Entity entity && name instanceof LuaString text) {
      String rule = ByteText.of(text);
      entity.setRule(rule);
      grammar.rules().put(rule, entity);
    } else {
      all.arg1().checktable().rawset(name, all.arg(3));
    }
    return LuaValue.NONE;
  }

  private Varargs export(Varargs all) {
    for (int i = 1; i <= all.narg(); i++) {
      if (!(all.arg(i) instanceof Entity entity
          && entity.kind() instanceof Kind.Reference(String target))) {
        throw Raised.at("can only export named rules");
      }
      grammar.exports().add(target);
    }
    return LuaValue.NONE;
  }

  private Varargs extend(Varargs all) {
    for (int i = 1; i <= all.narg(); i++) {
      if (!(all.arg(i) instanceof GrammarTable other)) {
        throw Raised.at("grammar expected, got " + all.arg(i).typename());
      }
      grammar.extend(other);
    }
    return LuaValue.NONE;
  }

  private Varargs define(Varargs all) {
    for (int i = 1; i <= all.narg(); i++) {
      String name = ByteText.of(all.checkstring(i));
      grammar.rules().put(name, words.reference(name));
    }
    return LuaValue.NONE;
  }
}
