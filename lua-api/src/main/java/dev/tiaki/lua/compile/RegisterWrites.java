package dev.tiaki.lua.compile;

import org.luaj.vm2.Lua;

/** Which registers an instruction of Lua 5.2 bytecode writes. */
final class RegisterWrites {
  private RegisterWrites() {}

  /** Says whether {@code instruction} writes register {@code slot}. */
  static boolean writes(int instruction, int slot) {
    int a = Lua.GETARG_A(instruction);
    int b = Lua.GETARG_B(instruction);
    int c = Lua.GETARG_C(instruction);
    return switch (Lua.GET_OPCODE(instruction)) {
      case Lua.OP_SETTABUP,
          Lua.OP_SETUPVAL,
          Lua.OP_SETTABLE,
          Lua.OP_JMP,
          Lua.OP_EQ,
          Lua.OP_LT,
          Lua.OP_LE,
          Lua.OP_TEST,
          Lua.OP_TAILCALL,
          Lua.OP_RETURN,
          Lua.OP_SETLIST ->
          false;
      case Lua.OP_LOADNIL -> within(slot, a, a + b);
      case Lua.OP_SELF -> within(slot, a, a + 1);
      // zero results means all there are: everything from the first on
      case Lua.OP_CALL -> c == 0 ? slot >= a : within(slot, a, a + c - 2);
      case Lua.OP_VARARG -> b == 0 ? slot >= a : within(slot, a, a + b - 2);
      case Lua.OP_FORLOOP, Lua.OP_FORPREP -> slot == a || slot == a + 3;
      case Lua.OP_TFORCALL -> within(slot, a + 3, a + 2 + c);
      default -> slot == a;
    };
  }

  private static boolean within(int slot, int first, int last) {
    return slot >= first && slot <= last;
  }
}
