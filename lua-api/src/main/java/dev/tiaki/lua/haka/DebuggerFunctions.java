package dev.tiaki.lua.haka;

import dev.tiaki.lua.debugger.LuaDebugger;
import dev.tiaki.lua.lib.Builtin;
import dev.tiaki.lua.runtime.LuaRuntime;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code debug.debugger} and {@code debug.breakpoint}. */
final class DebuggerFunctions {
  private final LuaDebugger debugger;
  private final HakaHost host;

  DebuggerFunctions(LuaDebugger debugger, HakaHost host) {
    this.debugger = debugger;
    this.host = host;
  }

  void addTo(LuaRuntime runtime) {
    if (runtime.globals().get("debug") instanceof LuaTable debug) {
      LuaTable functions = new LuaTable();
      Builtin.add(functions, "start", this::start);
      Builtin.add(functions, "stop", all -> stop());
      debug.rawset("debugger", functions);
      Builtin.add(debug, "breakpoint", all -> breakpoint());
    }
    if (host.isDebugged()) {
      debugger.start(host.terminal(), false);
    }
  }

  private Varargs start(Varargs all) {
    debugger.start(host.terminal(), all.arg1().toboolean());
    return LuaValue.NONE;
  }

  private Varargs stop() {
    debugger.stop();
    return LuaValue.NONE;
  }

  private Varargs breakpoint() {
    debugger.breakNext();
    return LuaValue.NONE;
  }
}
