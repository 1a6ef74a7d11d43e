package dev.tiaki.lua.interactive;

import dev.tiaki.lua.state.InterpretedFrame;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Prototype;
import org.luaj.vm2.UpValue;

/** The names that a running function sees, as a table: its locals hide its upvalues. */
public final class CapturedScope {
  private static final LuaString ENVIRONMENT = LuaString.valueOf("_ENV");

  private CapturedScope() {}

  /** Returns the names of {@code frame} with their values now; none for null. */
  public static LuaTable of(@Nullable InterpretedFrame frame) {
    LuaTable scope = new LuaTable();
    if (frame != null) {
      LuaTable upvalues = upvalues(frame);
      for (LuaValue name : upvalues.keys()) {
        scope.rawset(name, upvalues.rawget(name));
      }
      LuaTable locals = locals(frame);
      for (LuaValue name : locals.keys()) {
        scope.rawset(name, locals.rawget(name));
      }
    }
    return scope;
  }

  /** Returns the locals of {@code frame} that are in scope; those that are nil are left out. */
  public static LuaTable locals(InterpretedFrame frame) {
    LuaTable locals = new LuaTable();
    Prototype prototype = frame.prototype();
    LuaValue[] registers = frame.registers();
    for (int i = 1; i <= registers.length; i++) {
      LuaString name = prototype.getlocalname(i, frame.pc());
      if (name == null) {
        break;
      }
      LuaValue value = registers[i - 1];
      if (name.charAt(0) != '(' && value != null) {
        locals.rawset(name, value);
      }
    }
    return locals;
  }

  /** Returns the upvalues of {@code frame}; the environment is none. */
  public static LuaTable upvalues(InterpretedFrame frame) {
    LuaTable upvalues = new LuaTable();
    UpValue[] cells = frame.closure().upValues;
    for (int i = 0; i < cells.length; i++) {
      LuaString name = frame.prototype().upvalues[i].name;
      if (cells[i] != null && name != null && !name.raweq(ENVIRONMENT)) {
        upvalues.rawset(name, cells[i].getValue());
      }
    }
    return upvalues;
  }
}
