package dev.tiaki.lua.haka;

import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.VarArgFunction;

/**
 * The policy action {@code haka.dissectors.x.install}: it selects a dissector on what the policy is
 * applied to.
 */
final class InstallAction extends VarArgFunction {
  private static final LuaString SELECT = LuaString.valueOf("select_next_dissector");

  private final LuaValue dissector;

  InstallAction(LuaValue dissector) {
    this.dissector = dissector;
  }

  @Override
  public Varargs invoke(Varargs arguments) {
    LuaValue context = arguments.arg(2);
    context.get(SELECT).call(context, dissector);
    return NONE;
  }
}
