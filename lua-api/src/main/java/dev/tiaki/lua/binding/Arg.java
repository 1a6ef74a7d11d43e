package dev.tiaki.lua.binding;

import dev.tiaki.lua.fault.Raised;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Arguments and assigned values as native objects take them, with Haka's words for wrong ones. */
final class Arg {
  private static final LuaString AVAILABLE = LuaString.valueOf("available");
  private static final LuaString ALL = LuaString.valueOf("all");

  private Arg() {}

  /** Returns the argument {@code index}, which must be of the class {@code type}. */
  static <T extends LuaValue> T of(
      Varargs all, int index, Class<T> type, String owner, String function) {
    LuaValue value = all.arg(index);
    if (type.isInstance(value)) {
      return type.cast(value);
    }
    throw wrong(value, index, owner, owner + "::" + function);
  }

  private static Raised wrong(LuaValue value, int index, String expected, String function) {
    String got =
        value instanceof NativeObject known ? known.nativeClass().name() : value.typename();
    return Raised.plain(
        "Error in %s (arg %d), expected '%s' got '%s'".formatted(function, index, expected, got));
  }

  /** Returns a number for an unsigned field, not cut to the field's width. */
  static long unsigned(LuaValue value) {
    double number = number(value);
    if (number < 0) {
      throw Raised.plain("number must not be negative");
    }
    return (long) number;
  }

  /** As {@link #unsigned}, cut to the low 32 bits. */
  static int unsignedInt(LuaValue value) {
    return (int) unsigned(value);
  }

  /** Returns a number; numeric strings count as numbers. */
  static double number(LuaValue value) {
    if (value.isnumber()) {
      return value.todouble();
    }
    throw Raised.plain("expected 'number' got '" + value.typename() + "'");
  }

  /** Returns a whole number argument, or {@code otherwise} for nil. */
  static long integer(LuaValue value, long otherwise) {
    return value.isnil() ? otherwise : (long) number(value);
  }

  /** Tells whether {@code mode} is {@code 'available'}. */
  static boolean isAvailable(LuaValue mode) {
    return AVAILABLE.raweq(mode);
  }

  /** Tells whether {@code mode} is {@code 'all'}. */
  static boolean isAll(LuaValue mode) {
    return ALL.raweq(mode);
  }

  /** Returns the Lua value of an unsigned 32-bit number. */
  static LuaValue unsigned32(int bits) {
    return LuaValue.valueOf((double) (bits & 0xffff_ffffL));
  }

  /** Returns the Lua value of a count. */
  static LuaValue count(long number) {
    return number == (int) number
        ? LuaValue.valueOf((int) number)
        : LuaValue.valueOf((double) number);
  }
}
