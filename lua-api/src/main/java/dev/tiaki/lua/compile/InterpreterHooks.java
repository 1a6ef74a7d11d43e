package dev.tiaki.lua.compile;

import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.state.InterpretedFrame;
import dev.tiaki.lua.state.LineHook;
import dev.tiaki.lua.state.LuaState;
import dev.tiaki.lua.text.NumberText;
import org.luaj.vm2.Lua;
import org.luaj.vm2.LuaClosure;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.DebugLib;

/**
 * Sits in the place of LuaJ's debug library, which the interpreter calls before each instruction:
 * counts instructions, knows the stack, and spells numbers before they are concatenated.
 */
public final class InterpreterHooks extends DebugLib {
  private final LuaState state;

  /** Makes the hooks of one state. */
  public InterpreterHooks(LuaState state) {
    this.state = state;
  }

  @Override
  public void onCall(LuaFunction function) {}

  @Override
  public void onCall(LuaClosure closure, Varargs varargs, LuaValue[] registers) {
    state.setFrame(new InterpretedFrame(closure, registers, state.frame()));
    count();
  }

  @Override
  public void onInstruction(int pc, Varargs varargs, int top) {
    InterpretedFrame frame = state.frame();
    if (frame == null) {
      return;
    }
    boolean backward = pc <= frame.pc();
    frame.setPc(pc);
    if (backward) {
      count();
    }
    LineHook hook = state.lineHook();
    if (hook != null) {
      hook.before(frame);
    }
    int instruction = frame.prototype().code[pc];
    if (Lua.GET_OPCODE(instruction) == Lua.OP_CONCAT) {
      prepareConcat(frame.registers(), Lua.GETARG_B(instruction), Lua.GETARG_C(instruction));
    }
  }

  @Override
  public void onReturn() {
    InterpretedFrame frame = state.frame();
    state.setFrame(frame == null ? null : frame.caller());
  }

  /** The interpreter calls this where an error leaves its innermost function. */
  @Override
  public String traceback(int level) {
    state.setFailedFrame(state.frame());
    return "";
  }

  private void count() {
    state.budget().work(1);
  }

  /** The operands are temporaries of the instruction: replacing them is seen by nobody else. */
  private void prepareConcat(LuaValue[] registers, int first, int last) {
    long length = 0;
    for (int i = first; i <= last; i++) {
      if (registers[i] instanceof LuaNumber || registers[i] instanceof LuaString) {
        registers[i] = NumberText.spelled(registers[i]);
        length += registers[i].strvalue().m_length;
      }
    }
    if (!state.budget().allowsString(length)) {
      throw Raised.at("string too long: " + length + " bytes");
    }
  }
}
