package dev.tiaki.lua.compile;

import dev.tiaki.lua.budget.RuleBudget;
import dev.tiaki.lua.budget.TickCounter;
import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.text.NumberText;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.Buffer;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * What compiled chunks call instead of LuaJ: the tick counter and the operations that LuaJ does
 * otherwise than Lua.
 *
 * <p>Each Lua state loads a copy of this class of its own, so that a static field, the cheapest
 * counter there is, belongs to one state.
 */
public final class WovenTicks implements TickCounter {
  /** The ticks left of the slice; compiled code decrements it and calls {@link #spent} below 0. */
  public static int left;

  private static @Nullable RuleBudget owner;

  /** Makes the door through which the state reaches the static fields of this copy. */
  public WovenTicks() {}

  @Override
  public int left() {
    return left;
  }

  @Override
  public void setLeft(int ticks) {
    left = ticks;
  }

  /** Sets the budget that grants the next slice. */
  public static void setOwner(RuleBudget budget) {
    owner = budget;
  }

  /** Called when the slice is spent. */
  public static void spent() {
    budget().sliceSpent();
  }

  /** Called before a tail call, which would otherwise loop outside compiled code. */
  public static Varargs tailcall(LuaValue function, Varargs arguments) {
    if (--left < 0) {
      spent();
    }
    // A library function runs at once: its errors then have the position of this line.
    boolean isLua =
        function.getClass().getClassLoader() instanceof ChunkClassLoader || function.isclosure();
    return isLua ? LuaValue.tailcallOf(function, arguments) : function.invoke(arguments);
  }

  /** Concatenates two values; numbers as Lua writes them. */
  public static LuaValue concat(LuaValue first, LuaValue second) {
    if (isText(first) && isText(second)) {
      return joined(NumberText.stringOf(first), NumberText.stringOf(second));
    }
    return NumberText.spelled(first).concat(NumberText.spelled(second));
  }

  /** Begins the concatenation of three or more values with the last one. */
  public static Buffer buffer(LuaValue last) {
    return NumberText.spelled(last).buffer();
  }

  /** Puts a value in front of the ones already joined. */
  public static Buffer concat(LuaValue value, Buffer rest) {
    return NumberText.spelled(value).concat(rest);
  }

  /** Ends the concatenation of three or more values. */
  public static LuaValue value(Buffer joined) {
    LuaValue value = joined.value();
    if (value instanceof LuaString text) {
      allow(text.m_length);
    }
    return value;
  }

  private static boolean isText(LuaValue value) {
    return value instanceof LuaString || value instanceof LuaNumber;
  }

  private static LuaString joined(LuaString first, LuaString second) {
    long length = (long) first.m_length + second.m_length;
    allow(length);
    byte[] bytes = new byte[(int) length];
    System.arraycopy(first.m_bytes, first.m_offset, bytes, 0, first.m_length);
    System.arraycopy(second.m_bytes, second.m_offset, bytes, first.m_length, second.m_length);
    return LuaString.valueOf(bytes);
  }

  private static void allow(long length) {
    if (!budget().allowsString(length)) {
      throw Raised.at("string too long: " + length + " bytes");
    }
  }

  private static RuleBudget budget() {
    RuleBudget budget = owner;
    if (budget == null) {
      throw new IllegalStateException("no budget owns this copy");
    }
    return budget;
  }
}
