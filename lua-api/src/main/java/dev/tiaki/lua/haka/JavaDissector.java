package dev.tiaki.lua.haka;

import dev.tiaki.lua.binding.EngineDissector;
import dev.tiaki.lua.lib.Builtin;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;

/** A dissector of the engine as it stands in {@code haka.dissectors}. */
final class JavaDissector extends LuaTable implements EngineDissector {

  /**
   * Describes a dissector.
   *
   * @param create makes a packet of this protocol on top of another
   */
  JavaDissector(String name, LuaTable events, LuaTable policies, Builtin.Body create) {
    rawset("name", LuaString.valueOf(name));
    rawset("events", events);
    rawset("policies", policies);
    rawset("install", new InstallAction(this));
    Builtin.add(this, "create", create);
  }
}
