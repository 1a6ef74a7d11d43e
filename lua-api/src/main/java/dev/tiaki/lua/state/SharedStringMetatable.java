package dev.tiaki.lua.state;

import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/**
 * The one metatable that LuaJ lets all strings of the process have. It looks every key up in the
 * metatable of the state that runs on the calling thread, so that states stay apart.
 */
public final class SharedStringMetatable extends LuaTable {
  private static final SharedStringMetatable INSTANCE = new SharedStringMetatable();

  private SharedStringMetatable() {}

  /** Makes strings of all states find their own state's metatable. */
  public static void install() {
    LuaString.s_metatable = INSTANCE;
  }

  @Override
  public LuaValue rawget(LuaValue key) {
    return LuaState.current().stringMetatable().rawget(key);
  }
}
