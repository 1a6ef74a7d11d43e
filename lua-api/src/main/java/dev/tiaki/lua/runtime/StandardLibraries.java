package dev.tiaki.lua.runtime;

import dev.tiaki.lua.compile.ChunkLoader;
import dev.tiaki.lua.lib.base.BaseLibrary;
import dev.tiaki.lua.lib.base.CoroutineLibrary;
import dev.tiaki.lua.lib.base.UnpackFunction;
import dev.tiaki.lua.lib.debug.DebugLibrary;
import dev.tiaki.lua.lib.math.MathLibrary;
import dev.tiaki.lua.lib.module.LoadFunctions;
import dev.tiaki.lua.lib.module.Modules;
import dev.tiaki.lua.lib.os.IoLibrary;
import dev.tiaki.lua.lib.os.OsLibrary;
import dev.tiaki.lua.lib.string.StringLibrary;
import dev.tiaki.lua.lib.table.TableLibrary;
import dev.tiaki.lua.state.LuaState;
import dev.tiaki.lua.state.SharedStringMetatable;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.lib.Bit32Lib;

/** Fills a state with the standard libraries. */
final class StandardLibraries {
  private StandardLibraries() {}

  static Modules install(LuaState state, ChunkLoader chunks, LuaSettings settings) {
    Globals globals = state.globals();
    Modules modules = new Modules(chunks, globals, settings.sandbox());
    BaseLibrary.install(state, settings.output());
    LoadFunctions.install(chunks, globals, settings.sandbox());
    SharedStringMetatable.install();
    LuaTable strings = StringLibrary.create(state);
    state.stringMetatable().rawset("__index", strings);
    add(globals, modules, "string", strings);
    add(globals, modules, "table", TableLibrary.create(state, new UnpackFunction()));
    add(globals, modules, "math", MathLibrary.create());
    add(globals, modules, "coroutine", CoroutineLibrary.create(state, settings.coroutines()));
    add(globals, modules, "debug", DebugLibrary.create(state));
    add(globals, modules, "bit32", bit32(globals));
    if (!settings.sandbox()) {
      add(globals, modules, "os", OsLibrary.create());
      add(globals, modules, "io", IoLibrary.create(settings.output(), settings.input()));
    }
    return modules;
  }

  private static void add(Globals globals, Modules modules, String name, LuaTable library) {
    globals.rawset(name, library);
    modules.loaded().rawset(name, library);
  }

  private static LuaTable bit32(Globals globals) {
    LuaValue library = new Bit32Lib().call(LuaValue.valueOf("bit32"), globals);
    return library.checktable();
  }
}
