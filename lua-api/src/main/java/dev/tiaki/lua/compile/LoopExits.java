package dev.tiaki.lua.compile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.luaj.vm2.Lua;
import org.luaj.vm2.Prototype;

/**
 * Moves jumps that leave a scope under a condition, such as {@code if done then break end}, behind
 * the function's code.
 *
 * <p>Such a jump ends the life of the scope's locals. LuaJC takes a test and the jump behind it for
 * one instruction and believes that the locals are dead on the other branch too, where the scope
 * goes on: closures over them then fail to compile, or see other values.
 */
final class LoopExits {
  private LoopExits() {}

  /** Rewrites a function and those inside it; what the code does stays the same. */
  static void move(Prototype prototype) {
    int[] code = prototype.code;
    List<Integer> moved = new ArrayList<>();
    for (int pc = 1; pc < code.length; pc++) {
      boolean leaves = Lua.GET_OPCODE(code[pc]) == Lua.OP_JMP && Lua.GETARG_A(code[pc]) > 0;
      if (leaves && isTest(Lua.GET_OPCODE(code[pc - 1]))) {
        moved.add(pc);
      }
    }
    if (!moved.isEmpty()) {
      append(prototype, moved);
    }
    for (Prototype inner : prototype.p) {
      move(inner);
    }
  }

  private static boolean isTest(int opcode) {
    return switch (opcode) {
      case Lua.OP_EQ, Lua.OP_LT, Lua.OP_LE, Lua.OP_TEST, Lua.OP_TESTSET -> true;
      default -> false;
    };
  }

  private static void append(Prototype prototype, List<Integer> moved) {
    int next = prototype.code.length;
    int[] code = Arrays.copyOf(prototype.code, next + moved.size());
    int[] lines = Arrays.copyOf(prototype.lineinfo, next + moved.size());
    for (int pc : moved) {
      int target = pc + 1 + Lua.GETARG_sBx(code[pc]);
      code[next] = jump(Lua.GETARG_A(code[pc]), target - (next + 1));
      code[pc] = jump(0, next - (pc + 1));
      lines[next] = lines[pc];
      next++;
    }
    prototype.code = code;
    prototype.lineinfo = lines;
  }

  private static int jump(int a, int distance) {
    return Lua.OP_JMP | a << Lua.POS_A | (distance + Lua.MAXARG_sBx) << Lua.POS_Bx;
  }
}
