package dev.tiaki.lua.fault;

import dev.tiaki.lua.state.LuaState;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * Runs the message handler of {@code xpcall}. Java has unwound the stack by then; the error keeps
 * its stack, and {@link LuaTrace#live} shows it below the handler, as if it were still there.
 */
public final class ErrorHandler {
  private ErrorHandler() {}

  /** Calls the handler with the error's value; an error in it becomes the value itself. */
  public static Varargs run(LuaValue handler, Throwable thrown) {
    LuaValue value = Faults.valueOf(thrown);
    LuaState state = LuaState.current();
    Throwable outer = state.handledError();
    state.setHandledError(thrown);
    try {
      return handler.invoke(value);
    } catch (RuntimeException | StackOverflowError second) {
      return Faults.valueOf(second);
    } finally {
      state.setHandledError(outer);
      state.setFailedFrame(null);
    }
  }
}
