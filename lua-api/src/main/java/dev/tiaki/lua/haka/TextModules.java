package dev.tiaki.lua.haka;

import dev.tiaki.lua.binding.Bindings;
import dev.tiaki.lua.lib.Builtin;
import org.luaj.vm2.LuaTable;

/** The modules about the text of messages: regular expressions and grammars. */
final class TextModules {
  private final Bindings bindings;

  TextModules(Bindings bindings) {
    this.bindings = bindings;
  }

  /** Puts into the table {@code haka}, and where {@code require} looks, what there is. */
  void install(LuaTable haka) {
    LuaTable preload = bindings.runtime().preload();
    Builtin.add(preload, "regexp/pcre", all -> regexp());
  }

  private LuaTable regexp() {
    LuaTable module = new LuaTable();
    module.rawset("re", bindings.regexpModule());
    return module;
  }
}
