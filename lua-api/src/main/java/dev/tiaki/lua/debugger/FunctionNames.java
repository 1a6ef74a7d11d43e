package dev.tiaki.lua.debugger;

import dev.tiaki.lua.state.InterpretedFrame;
import dev.tiaki.lua.text.ByteText;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.Lua;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Prototype;

/** What the caller of a function calls it: functions have no names of their own. */
final class FunctionNames {
  private static final int CONSTANT = 256;

  private FunctionNames() {}

  /** Returns the name by which {@code frame} was called, or null when it cannot be told. */
  static @Nullable String of(InterpretedFrame frame) {
    InterpretedFrame caller = frame.caller();
    if (caller == null) {
      return null;
    }
    Prototype prototype = caller.prototype();
    int call = prototype.code[caller.pc()];
    int opcode = Lua.GET_OPCODE(call);
    if (opcode != Lua.OP_CALL && opcode != Lua.OP_TAILCALL) {
      return null;
    }
    return nameOf(prototype, caller.pc(), Lua.GETARG_A(call));
  }

  /** Looks back for the instruction that loaded the function into its register. */
  private static @Nullable String nameOf(Prototype prototype, int pc, int register) {
    LuaString local = prototype.getlocalname(register + 1, pc);
    if (local != null) {
      return ByteText.of(local);
    }
    for (int at = pc - 1; at >= 0; at--) {
      int instruction = prototype.code[at];
      if (Lua.GETARG_A(instruction) == register) {
        return loaded(prototype, at, instruction);
      }
    }
    return null;
  }

  private static @Nullable String loaded(Prototype prototype, int at, int instruction) {
    return switch (Lua.GET_OPCODE(instruction)) {
      case Lua.OP_MOVE -> text(prototype.getlocalname(Lua.GETARG_B(instruction) + 1, at));
      case Lua.OP_GETUPVAL -> text(prototype.upvalues[Lua.GETARG_B(instruction)].name);
      case Lua.OP_GETTABUP, Lua.OP_GETTABLE, Lua.OP_SELF ->
          constant(prototype, Lua.GETARG_C(instruction));
      default -> null;
    };
  }

  private static @Nullable String constant(Prototype prototype, int operand) {
    LuaValue value = operand >= CONSTANT ? prototype.k[operand - CONSTANT] : LuaValue.NIL;
    return value instanceof LuaString name ? ByteText.of(name) : null;
  }

  private static @Nullable String text(@Nullable LuaString name) {
    return name == null ? null : ByteText.of(name);
  }
}
