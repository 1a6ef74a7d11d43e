package dev.tiaki.lua.lib.debug;

import dev.tiaki.lua.fault.LuaFrame;
import dev.tiaki.lua.fault.LuaTrace;
import dev.tiaki.lua.lib.Arguments;
import dev.tiaki.lua.lib.Builtin;
import dev.tiaki.lua.lib.base.Environments;
import dev.tiaki.lua.state.LuaState;
import dev.tiaki.lua.text.ByteText;
import java.util.List;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The debug library: tracebacks, where functions run, metatables. No hooks, no locals. */
public final class DebugLibrary {
  private DebugLibrary() {}

  /** Makes the library's table. */
  public static LuaTable create(LuaState state) {
    LuaTable table = new LuaTable();
    Builtin.add(table, "traceback", DebugLibrary::traceback);
    Builtin.add(table, "getinfo", DebugLibrary::getinfo);
    Builtin.add(table, "getmetatable", a -> rawMetatable(state, a));
    Builtin.add(table, "setmetatable", DebugLibrary::setmetatable);
    Builtin.add(table, "gethook", a -> LuaValue.NIL);
    Builtin.add(table, "sethook", a -> LuaValue.NONE);
    Builtin.add(table, "getlocal", a -> LuaValue.NIL);
    Builtin.add(table, "getupvalue", a -> LuaValue.NIL);
    Builtin.add(table, "getregistry", a -> new LuaTable());
    Environments.addTo(table, state.globals());
    return table;
  }

  private static Varargs traceback(Varargs a) {
    int shift = a.arg1().isthread() ? 1 : 0;
    LuaValue message = a.arg(1 + shift);
    if (!message.isnil() && !(message instanceof LuaString) && !(message instanceof LuaNumber)) {
      return message;
    }
    long level = Arguments.integerOr(a, 2 + shift, "traceback", shift == 0 ? 1 : 0);
    List<LuaFrame> frames = shift == 0 ? LuaTrace.live() : List.of();
    int start = Math.clamp(level, 0, frames.size());
    String trace = LuaTrace.describe(frames.subList(start, frames.size()));
    String before =
        message.isnil() ? "" : ByteText.of(Arguments.string(a, 1 + shift, "traceback")) + "\n";
    return ByteText.bytesOf(before + trace);
  }

  private static Varargs getinfo(Varargs a) {
    LuaValue subject = a.arg1();
    if (subject.isfunction()) {
      return FrameInfo.ofFunction(subject);
    }
    long level = Arguments.integer(a, 1, "getinfo");
    List<LuaFrame> frames = LuaTrace.live();
    if (level < 0 || level >= frames.size()) {
      return LuaValue.NIL;
    }
    return FrameInfo.of(frames.get((int) level));
  }

  private static Varargs rawMetatable(LuaState state, Varargs a) {
    if (a.arg1() instanceof LuaString) {
      return state.stringMetatable();
    }
    LuaValue metatable = a.arg1().getmetatable();
    return metatable == null ? LuaValue.NIL : metatable;
  }

  private static Varargs setmetatable(Varargs a) {
    LuaValue subject = a.arg1();
    if (!subject.istable() && !subject.isuserdata()) {
      throw Arguments.bad(1, "setmetatable", "table or userdata expected");
    }
    LuaValue metatable = a.arg(2);
    subject.setmetatable(metatable.isnil() ? null : metatable);
    return subject;
  }
}
