package dev.tiaki.lua.lib.base;

import dev.tiaki.lua.coroutine.Coroutine;
import dev.tiaki.lua.coroutine.SwitchKind;
import dev.tiaki.lua.fault.Faults;
import dev.tiaki.lua.lib.Arguments;
import dev.tiaki.lua.lib.Builtin;
import dev.tiaki.lua.state.LuaState;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The coroutine library. */
public final class CoroutineLibrary {
  private final LuaState state;
  private final SwitchKind kind;

  private CoroutineLibrary(LuaState state, SwitchKind kind) {
    this.state = state;
    this.kind = kind;
  }

  /** Makes the library's table. */
  public static LuaTable create(LuaState state, SwitchKind kind) {
    CoroutineLibrary library = new CoroutineLibrary(state, kind);
    LuaTable table = new LuaTable();
    Builtin.add(table, "create", library::create);
    Builtin.add(table, "wrap", library::wrap);
    Builtin.add(table, "resume", CoroutineLibrary::resume);
    Builtin.add(table, "yield", a -> Coroutine.yieldRunning(state, a));
    Builtin.add(table, "status", CoroutineLibrary::status);
    Builtin.add(table, "running", a -> library.running());
    Builtin.add(table, "isyieldable", a -> LuaValue.valueOf(Coroutine.running(state) != null));
    return table;
  }

  private Coroutine create(Varargs a) {
    return new Coroutine(state, kind, Arguments.function(a, 1, "create"));
  }

  private Varargs wrap(Varargs a) {
    Coroutine coroutine = new Coroutine(state, kind, Arguments.function(a, 1, "wrap"));
    return Builtin.of("wrap", coroutine::resume);
  }

  private static Varargs resume(Varargs a) {
    Coroutine coroutine = coroutine(a, "resume");
    try {
      return LuaValue.varargsOf(LuaValue.TRUE, coroutine.resume(a.subargs(2)));
    } catch (RuntimeException failed) {
      return LuaValue.varargsOf(LuaValue.FALSE, Faults.caught(failed));
    }
  }

  private static Varargs status(Varargs a) {
    return LuaValue.valueOf(coroutine(a, "status").status().word());
  }

  private Varargs running() {
    Coroutine running = Coroutine.running(state);
    return running == null ? LuaValue.NIL : LuaValue.varargsOf(running, LuaValue.FALSE);
  }

  private static Coroutine coroutine(Varargs a, String function) {
    if (a.arg1() instanceof Coroutine coroutine) {
      return coroutine;
    }
    throw Arguments.bad(1, function, "coroutine expected");
  }
}
