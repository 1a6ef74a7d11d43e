package dev.tiaki.lua.compile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Prototype;

/**
 * Says which string constants LuaJC may write as Java text: it asks a check that takes overlong
 * forms such as {@code C1 AA} for UTF-8, and would write another string.
 */
public final class ConstantText {
  private ConstantText() {}

  /** Tells whether LuaJC as it is writes all constants of a function as they are. */
  static boolean areKept(Prototype prototype) {
    for (LuaValue constant : prototype.k) {
      if (constant instanceof LuaString text && text.isValidUtf8() && !isExact(text)) {
        return false;
      }
    }
    return true;
  }

  /** Tells whether the bytes are UTF-8 that is read back as the same bytes. */
  public static boolean isExact(LuaString text) {
    byte[] bytes = Arrays.copyOfRange(text.m_bytes, text.m_offset, text.m_offset + text.m_length);
    return Arrays.equals(new String(bytes, UTF_8).getBytes(UTF_8), bytes);
  }
}
