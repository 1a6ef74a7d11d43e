package dev.tiaki.lua.haka;

import dev.tiaki.engine.log.LogSection;
import dev.tiaki.lua.binding.Bindings;
import dev.tiaki.lua.lib.Builtin;
import dev.tiaki.lua.runtime.LuaRuntime;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** What lines that an operator types see beside the globals: {@code console}, {@code hakactl}. */
final class ConsoleEnvironment {
  private final LuaRuntime runtime;
  private final LuaResources resources;
  private final LuaTable natives = new LuaTable();

  ConsoleEnvironment(
      LuaRuntime runtime,
      LuaResources resources,
      Bindings bindings,
      LuaTable haka,
      HakaHost host,
      LogSection core) {
    this.runtime = runtime;
    this.resources = resources;
    LuaTable console = haka.rawget("console").checktable();
    for (LuaValue name : console.keys()) {
      natives.rawset(name, console.rawget(name));
    }
    natives.rawset("setloglevel", haka.rawget("setloglevel"));
    natives.rawset("thread", bindings.context().number());
    natives.rawset("tcp", FlowConsole.ofTcp(bindings));
    natives.rawset("udp", FlowConsole.ofUdp(bindings));
    Builtin.add(
        natives,
        "stop",
        all -> {
          core.info("request to stop haka received");
          host.exit();
          return LuaValue.NONE;
        });
  }

  /** Makes the names anew, for one session. */
  LuaTable make() {
    return runtime
        .callAside(Builtin.of("console", all -> resources.run("console", natives)), LuaValue.NONE)
        .arg1()
        .checktable();
  }
}
