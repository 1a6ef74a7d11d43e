package dev.tiaki.lua.binding;

import org.luaj.vm2.LuaValue;

/** What stands on a connection and is an object of Lua. */
public interface ScriptedStream {
  /** Returns the object. */
  LuaValue object();
}
