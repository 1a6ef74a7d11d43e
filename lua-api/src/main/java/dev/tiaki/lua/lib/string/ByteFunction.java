package dev.tiaki.lua.lib.string;

import dev.tiaki.lua.lib.Arguments;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.VarArgFunction;

/** {@code string.byte(s [, first [, last]])}; the calls for one byte allocate nothing. */
final class ByteFunction extends VarArgFunction {
  @Override
  public LuaValue call(LuaValue text) {
    return text instanceof LuaString bytes ? one(bytes, 1) : super.call(text);
  }

  @Override
  public LuaValue call(LuaValue text, LuaValue position) {
    return text instanceof LuaString bytes && position instanceof LuaInteger index
        ? one(bytes, Positions.absolute(index.v, bytes.m_length))
        : super.call(text, position);
  }

  private static LuaValue one(LuaString text, long position) {
    return position < 1 || position > text.m_length
        ? NIL
        : LuaInteger.valueOf(text.m_bytes[text.m_offset + (int) position - 1] & 0xff);
  }

  @Override
  public Varargs invoke(Varargs a) {
    LuaString text = Arguments.string(a, 1, "byte");
    long first = Positions.absolute(Arguments.integerOr(a, 2, "byte", 1), text.m_length);
    long last = Positions.absolute(Arguments.integerOr(a, 3, "byte", first), text.m_length);
    int start = Math.clamp(first, 1, text.m_length + 1);
    int end = Math.clamp(last, 0, text.m_length);
    if (start > end) {
      return NONE;
    }
    LuaValue[] values = new LuaValue[end - start + 1];
    for (int i = 0; i < values.length; i++) {
      values[i] = LuaInteger.valueOf(text.m_bytes[text.m_offset + start - 1 + i] & 0xff);
    }
    return LuaValue.varargsOf(values);
  }
}
