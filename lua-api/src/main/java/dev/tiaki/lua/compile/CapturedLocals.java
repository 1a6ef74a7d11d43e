package dev.tiaki.lua.compile;

import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LocVars;
import org.luaj.vm2.Lua;
import org.luaj.vm2.Prototype;

/**
 * Finds functions that LuaJC compiles wrongly without saying so: those with a local that a closure
 * captures and that the function itself assigns again behind a branch or in a loop, or whose
 * register serves something else later. LuaJC loses track of whether such a local lives in a box;
 * found by running random programs compiled and interpreted.
 *
 * <p>Locals that only closures assign, loop variables, and locals assigned again in a straight line
 * are compiled right.
 */
final class CapturedLocals {
  private final Prototype prototype;
  private final boolean[] branching;

  private CapturedLocals(Prototype prototype) {
    this.prototype = prototype;
    this.branching = branchesAndTargets(prototype.code);
  }

  /** Says whether a function, or one inside it, has such a local. */
  static boolean areTangled(Prototype prototype) {
    if (new CapturedLocals(prototype).isTangled()) {
      return true;
    }
    for (Prototype inner : prototype.p) {
      if (areTangled(inner)) {
        return true;
      }
    }
    return false;
  }

  private boolean isTangled() {
    for (int pc = 0; pc < prototype.code.length; pc++) {
      if (Lua.GET_OPCODE(prototype.code[pc]) == Lua.OP_CLOSURE && capturesTangled(pc)) {
        return true;
      }
    }
    return false;
  }

  private boolean capturesTangled(int pc) {
    for (var upvalue : prototype.p[Lua.GETARG_Bx(prototype.code[pc])].upvalues) {
      LocVars local = upvalue.instack ? localAt(pc + 1, upvalue.idx) : null;
      boolean unknown = upvalue.instack && local == null;
      if (unknown || (local != null && isTangled(local, upvalue.idx))) {
        return true;
      }
    }
    return false;
  }

  private boolean isTangled(LocVars local, int slot) {
    return isAssignedBehindBranch(local, slot) || isRegisterReused(local, slot);
  }

  /** LuaJC takes a later use of the register for the same local, unless its end is marked. */
  private boolean isRegisterReused(LocVars local, int slot) {
    int[] code = prototype.code;
    if (local.endpc < code.length && closes(code[local.endpc], slot)) {
      return false;
    }
    for (int pc = local.endpc; pc < code.length; pc++) {
      if (RegisterWrites.writes(code[pc], slot)) {
        return true;
      }
    }
    return false;
  }

  private static boolean closes(int instruction, int slot) {
    int a = Lua.GETARG_A(instruction);
    return Lua.GET_OPCODE(instruction) == Lua.OP_JMP && a > 0 && a <= slot + 1;
  }

  private boolean isAssignedBehindBranch(LocVars local, int slot) {
    boolean straight = true;
    for (int pc = local.startpc; pc < local.endpc && pc < prototype.code.length; pc++) {
      straight &= !branching[pc];
      if (!straight && RegisterWrites.writes(prototype.code[pc], slot)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the local that lives in a register when an instruction runs. */
  private @Nullable LocVars localAt(int pc, int slot) {
    int active = 0;
    for (LocVars local : prototype.locvars) {
      if (local.startpc <= pc && pc < local.endpc && active++ == slot) {
        return local;
      }
    }
    return null;
  }

  private static boolean[] branchesAndTargets(int[] code) {
    boolean[] marks = new boolean[code.length + 2];
    for (int pc = 0; pc < code.length; pc++) {
      switch (Lua.GET_OPCODE(code[pc])) {
        case Lua.OP_JMP, Lua.OP_FORLOOP, Lua.OP_FORPREP, Lua.OP_TFORLOOP -> {
          marks[pc] = true;
          marks[Math.clamp(pc + 1 + Lua.GETARG_sBx(code[pc]), 0, code.length)] = true;
        }
        case Lua.OP_EQ, Lua.OP_LT, Lua.OP_LE, Lua.OP_TEST, Lua.OP_TESTSET -> marks[pc] = true;
        case Lua.OP_LOADBOOL -> {
          if (Lua.GETARG_C(code[pc]) != 0) {
            marks[pc] = true;
            marks[pc + 2] = true;
          }
        }
        default -> {}
      }
    }
    return marks;
  }
}
