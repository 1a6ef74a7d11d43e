package dev.tiaki.lua.compile;

import org.luaj.vm2.LocVars;
import org.luaj.vm2.Lua;
import org.luaj.vm2.Prototype;

/**
 * Puts an instruction that does nothing in front of functions that begin with a loop.
 *
 * <p>LuaJC fetches the parameters of a function that returns several values in code that belongs to
 * its first instruction. A jump back to that instruction fetches them again, from arguments that
 * are used up: {@code while node do … node = node.next end} ends after one round, with nil.
 */
final class LoopsAtStart {
  private static final int GO_ON = Lua.OP_JMP | Lua.MAXARG_sBx << Lua.POS_Bx;

  private LoopsAtStart() {}

  /** Rewrites a function and those inside it; what the code does stays the same. */
  static void shift(Prototype prototype) {
    if (jumpsToStart(prototype.code)) {
      prepend(prototype);
    }
    for (Prototype inner : prototype.p) {
      shift(inner);
    }
  }

  private static boolean jumpsToStart(int[] code) {
    for (int pc = 0; pc < code.length; pc++) {
      if (Lua.GET_OPCODE(code[pc]) == Lua.OP_JMP && pc + 1 + Lua.GETARG_sBx(code[pc]) == 0) {
        return true;
      }
    }
    return false;
  }

  private static void prepend(Prototype prototype) {
    int length = prototype.code.length;
    int[] code = new int[length + 1];
    code[0] = GO_ON;
    System.arraycopy(prototype.code, 0, code, 1, length);
    prototype.code = code;
    if (prototype.lineinfo != null && prototype.lineinfo.length == length) {
      int[] lines = new int[length + 1];
      lines[0] = lines.length > 1 ? prototype.lineinfo[0] : 0;
      System.arraycopy(prototype.lineinfo, 0, lines, 1, length);
      prototype.lineinfo = lines;
    }
    if (prototype.locvars != null) {
      for (LocVars local : prototype.locvars) {
        local.startpc += local.startpc == 0 ? 0 : 1;
        local.endpc++;
      }
    }
  }
}
