package dev.tiaki.lua.lib.base;

import dev.tiaki.lua.fault.Faults;
import dev.tiaki.lua.lib.Arguments;
import dev.tiaki.lua.state.InterpretedFrame;
import dev.tiaki.lua.state.LuaState;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.VarArgFunction;

/** {@code pcall(f, ...)}. */
final class PcallFunction extends VarArgFunction {
  private final LuaState state;

  PcallFunction(LuaState state) {
    this.state = state;
  }

  @Override
  public Varargs invoke(Varargs a) {
    LuaValue function = Arguments.any(a, 1, "pcall");
    InterpretedFrame frame = state.frame();
    try {
      return LuaValue.varargsOf(LuaValue.TRUE, function.invoke(a.subargs(2)));
    } catch (Throwable thrown) {
      LuaValue value = Faults.caught(thrown);
      state.setFrame(frame);
      return LuaValue.varargsOf(LuaValue.FALSE, value);
    }
  }
}
