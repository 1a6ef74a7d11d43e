package dev.tiaki.lua.state;

import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaClosure;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Prototype;

/** One running function of LuaJ's interpreter; the innermost one knows its caller. */
public final class InterpretedFrame {
  private final LuaClosure closure;
  private final LuaValue[] registers;
  private final @Nullable InterpretedFrame caller;
  private int pc;

  /** Makes the frame of a function that is about to run its first instruction. */
  public InterpretedFrame(
      LuaClosure closure, LuaValue[] registers, @Nullable InterpretedFrame caller) {
    this.closure = closure;
    this.registers = registers;
    this.caller = caller;
  }

  /** Returns the function's code. */
  public Prototype prototype() {
    return closure.p;
  }

  /** Returns the function with its upvalues. */
  public LuaClosure closure() {
    return closure;
  }

  /** Returns the function's registers, as the interpreter uses them. */
  public LuaValue[] registers() {
    return registers;
  }

  /** Returns the interpreted function around this one in the same coroutine, or null. */
  public @Nullable InterpretedFrame caller() {
    return caller;
  }

  /** Returns the index of the instruction that runs. */
  public int pc() {
    return pc;
  }

  /** Sets the index of the instruction that runs. */
  public void setPc(int pc) {
    this.pc = pc;
  }

  /** Returns the source line that runs, or -1. */
  public int line() {
    int[] lines = closure.p.lineinfo;
    return pc < lines.length ? lines[pc] : -1;
  }
}
