package dev.tiaki.lua.haka;

import dev.tiaki.lua.lib.Builtin;
import dev.tiaki.lua.runtime.LuaRuntime;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Set;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * The support modules that are written in Lua. Each is compiled when it is first used, so that a
 * rule file pays only for what it needs.
 */
final class LuaResources {
  private static final String[] BUILT_IN = {
    "rule",
    "rule_group",
    "events",
    "context",
    "policy",
    "interactive",
    "dissector",
    "state",
    "state_machine"
  };

  private final LuaRuntime runtime;
  private final Set<String> ran = new HashSet<>();

  private LuaResources(LuaRuntime runtime) {
    this.runtime = runtime;
  }

  static LuaResources install(LuaRuntime runtime, boolean colors) {
    LuaResources resources = new LuaResources(runtime);
    resources.preload("class");
    resources.preload("check");
    resources.preload("list");
    Builtin.add(runtime.preload(), "protocol/ipv4lua", all -> resources.load("ipv4lua"));
    Builtin.add(runtime.preload(), "color", all -> ColorTable.of(colors));
    UtilityFunctions.addTo(runtime);
    resources.lazyPprint();
    Builtin.add(runtime.preload(), "utils", all -> runtime.globals());
    for (String name : BUILT_IN) {
      Builtin.add(runtime.preload(), name, all -> LuaValue.TRUE);
    }
    return resources;
  }

  private void preload(String module) {
    Builtin.add(runtime.preload(), module, all -> load(module));
  }

  /** Runs a resource, with {@code natives} as the argument of its chunk. */
  LuaValue run(String module, LuaValue natives) {
    return function(module).call(natives);
  }

  /** As {@link #run}, unless it ran before. */
  void runOnce(String module, LuaValue natives) {
    if (ran.add(module)) {
      function(module).call(natives);
    }
  }

  private LuaValue load(String module) {
    return function(module).call();
  }

  private LuaValue function(String module) {
    String file = module + ".lua";
    try (InputStream source = LuaResources.class.getResourceAsStream(file)) {
      if (source == null) {
        throw new IllegalStateException("resource missing: " + file);
      }
      return runtime.load(source.readAllBytes(), "=" + file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code debug.pprint} loads itself at its first call. */
  private void lazyPprint() {
    LuaValue debug = runtime.globals().get("debug");
    if (!(debug instanceof LuaTable library)) {
      return;
    }
    for (String name : new String[] {"pprint", "hide_underscore", "hide_function"}) {
      Builtin.add(library, name, all -> pprint(library, name, all));
    }
  }

  private Varargs pprint(LuaTable library, String name, Varargs arguments) {
    LuaTable loaded = load("pprint").checktable();
    for (LuaValue key : loaded.keys()) {
      library.rawset(key, loaded.get(key));
    }
    return library.get(name).invoke(arguments);
  }
}
