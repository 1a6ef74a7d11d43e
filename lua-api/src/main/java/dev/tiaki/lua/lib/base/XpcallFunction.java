package dev.tiaki.lua.lib.base;

import dev.tiaki.lua.fault.ErrorHandler;
import dev.tiaki.lua.lib.Arguments;
import dev.tiaki.lua.state.InterpretedFrame;
import dev.tiaki.lua.state.LuaState;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.VarArgFunction;

/** {@code xpcall(f, handler, ...)}. */
final class XpcallFunction extends VarArgFunction {
  private final LuaState state;

  XpcallFunction(LuaState state) {
    this.state = state;
  }

  @Override
  public Varargs invoke(Varargs a) {
    LuaValue function = Arguments.any(a, 1, "xpcall");
    LuaValue handler = Arguments.any(a, 2, "xpcall");
    InterpretedFrame frame = state.frame();
    try {
      return LuaValue.varargsOf(LuaValue.TRUE, function.invoke(a.subargs(3)));
    } catch (Throwable thrown) {
      state.setFrame(frame);
      return LuaValue.varargsOf(LuaValue.FALSE, ErrorHandler.run(handler, thrown));
    }
  }
}
