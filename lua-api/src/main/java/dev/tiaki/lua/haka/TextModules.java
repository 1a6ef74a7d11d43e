package dev.tiaki.lua.haka;

import dev.tiaki.lua.binding.Bindings;
import dev.tiaki.lua.grammar.GrammarLibrary;
import dev.tiaki.lua.lib.Builtin;
import dev.tiaki.lua.misc.AsmModule;
import dev.tiaki.lua.misc.CryptoModule;
import dev.tiaki.lua.misc.ElasticsearchModule;
import dev.tiaki.lua.misc.GeoIpModule;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** The modules about the text of messages, regular expressions and grammars, and {@code misc/…}. */
final class TextModules {
  private final Bindings bindings;
  private final ElasticsearchModule elasticsearch;

  TextModules(Bindings bindings) {
    this.bindings = bindings;
    elasticsearch = new ElasticsearchModule(bindings.context().log().section("elasticsearch"));
  }

  /** Ends what runs in the background. */
  void close() {
    elasticsearch.close();
  }

  /** Puts into the table {@code haka}, and where {@code require} looks, what there is. */
  void install(LuaTable haka) {
    LuaTable preload = bindings.runtime().preload();
    Builtin.add(preload, "regexp/pcre", all -> regexp());
    Builtin.add(preload, "misc/crypto", all -> CryptoModule.create());
    Builtin.add(preload, "misc/asm", all -> AsmModule.create(bindings.runtime().globals()));
    Builtin.add(preload, "misc/geoip", all -> GeoIpModule.create());
    Builtin.add(preload, "misc/elasticsearch", all -> elasticsearch.create());
    LuaTable grammar = GrammarLibrary.create(bindings);
    haka.rawset("grammar", grammar);
    Builtin.add(preload, "grammar", all -> grammar);
    Builtin.add(preload, "grammar_dg", all -> LuaValue.TRUE);
    Builtin.add(preload, "parse", all -> LuaValue.TRUE);
    Builtin.add(preload, "parse_result", all -> grammar.get("result"));
  }

  private LuaTable regexp() {
    LuaTable module = new LuaTable();
    module.rawset("re", bindings.regexpModule());
    return module;
  }
}
