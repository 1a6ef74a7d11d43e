package dev.tiaki.lua.interactive;

import dev.tiaki.lua.state.InterpretedFrame;
import java.util.ArrayList;
import java.util.List;
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
      put(upvalues(frame), scope);
      put(locals(frame), scope);
    }
    return scope;
  }

  private static void put(List<Variable> variables, LuaTable scope) {
    for (Variable variable : variables) {
      if (!variable.value().isnil()) {
        scope.rawset(variable.name(), variable.value());
      }
    }
  }

  /** A variable and its value now, which may be nil. */
  public record Variable(LuaString name, LuaValue value) {}

  /** Returns the locals of {@code frame} that are in scope, in the order of their declaration. */
  public static List<Variable> locals(InterpretedFrame frame) {
    List<Variable> locals = new ArrayList<>();
    Prototype prototype = frame.prototype();
    LuaValue[] registers = frame.registers();
    for (int i = 1; i <= registers.length; i++) {
      LuaString name = prototype.getlocalname(i, frame.pc());
      if (name == null) {
        break;
      }
      LuaValue value = registers[i - 1];
      if (name.charAt(0) != '(') {
        locals.add(new Variable(name, value == null ? LuaValue.NIL : value));
      }
    }
    return locals;
  }

  /** Returns the upvalues of {@code frame} in the order of their use; the environment is none. */
  public static List<Variable> upvalues(InterpretedFrame frame) {
    List<Variable> upvalues = new ArrayList<>();
    UpValue[] cells = frame.closure().upValues;
    for (int i = 0; i < cells.length; i++) {
      LuaString name = frame.prototype().upvalues[i].name;
      if (cells[i] != null && name != null && !name.raweq(ENVIRONMENT)) {
        upvalues.add(new Variable(name, cells[i].getValue()));
      }
    }
    return upvalues;
  }
}
