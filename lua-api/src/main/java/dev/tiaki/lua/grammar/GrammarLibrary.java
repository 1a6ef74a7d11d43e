package dev.tiaki.lua.grammar;

import dev.tiaki.lua.binding.Bindings;
import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.lib.Builtin;
import dev.tiaki.lua.text.ByteText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code haka.grammar}. */
public final class GrammarLibrary {
  private static final LuaString DEBUG = LuaString.valueOf("debug");
  private static final Builtin DUMP = Builtin.of("dump_graph", GrammarLibrary::dump);

  private final Bindings bindings;
  private final LuaTable table = new LuaTable();
  private @Nullable GrammarRuntime runtime;
  private @Nullable GrammarWords words;

  private GrammarLibrary(Bindings bindings) {
    this.bindings = bindings;
    table.rawset(DEBUG, LuaValue.FALSE);
    table.rawset("converter", Converters.table(bindings.runtime().globals()));
    Builtin.add(table, "new", this::define);
    LuaTable lazy = new LuaTable();
    Builtin.add(lazy, "__index", this::lazily);
    table.setmetatable(lazy);
  }

  /** Makes the library's table. */
  public static LuaTable create(Bindings bindings) {
    bindings.context().log().section("grammar"); // its level can be set before the first grammar
    return new GrammarLibrary(bindings).table;
  }

  private Varargs lazily(Varargs all) {
    if (all.arg(2).tojstring().equals("result")) {
      LuaTable published = runtime().classes().published();
      table.rawset("result", published);
      return published;
    }
    return LuaValue.NIL;
  }

  /** The classes of results are made when the first grammar is: they need the module class. */
  private GrammarRuntime runtime() {
    GrammarRuntime known = runtime;
    if (known == null) {
      known = new GrammarRuntime(bindings, new ResultClasses(bindings.runtime()));
      runtime = known;
    }
    return known;
  }

  private GrammarWords words() {
    GrammarWords known = words;
    if (known == null) {
      known = new GrammarWords(table.rawget("converter").checktable());
      words = known;
    }
    return known;
  }

  private Varargs define(Varargs all) {
    LuaValue function = all.arg(2);
    if (!function.isfunction()) {
      throw Raised.at("grammar definition must be a function");
    }
    GrammarTable grammar = new GrammarTable(ByteText.of(all.checkstring(1)));
    new Definition(words(), grammar).run(function, environment(function));
    grammar.compile(runtime());
    if (table.rawget(DEBUG).toboolean()) {
      write(grammar);
    }
    return grammar;
  }

  private LuaTable environment(LuaValue function) {
    LuaTable globals = bindings.runtime().globals();
    LuaValue debug = globals.get(DEBUG);
    LuaValue getfenv = debug.istable() ? debug.get("getfenv") : LuaValue.NIL;
    LuaValue environment = getfenv.isnil() ? LuaValue.NIL : getfenv.call(function);
    return environment instanceof LuaTable found ? found : globals;
  }

  private void write(GrammarTable grammar) {
    String file = grammar.title() + "-grammar.dot";
    runtime().log().warn("dumping '" + grammar.title() + "' grammar graph to " + file);
    try {
      Files.writeString(Path.of(file), grammar.drawing(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw Raised.plain("cannot write " + file + ": " + e.getMessage());
    }
  }

  static LuaValue dumpFunction() {
    return DUMP;
  }

  private static Varargs dump(Varargs all) {
    if (!(all.arg1() instanceof GrammarTable grammar)) {
      throw Raised.at("grammar expected, got " + all.arg1().typename());
    }
    LuaValue file = all.arg(2);
    file.get("write").call(file, LuaString.valueOf(grammar.drawing()));
    return LuaValue.NONE;
  }
}
