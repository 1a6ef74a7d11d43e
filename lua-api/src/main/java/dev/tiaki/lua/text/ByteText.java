package dev.tiaki.lua.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.luaj.vm2.LuaString;

/** Java strings whose characters stand for bytes, and Lua strings made of and into them. */
public final class ByteText {
  private ByteText() {}

  /** Returns a string with one character for each byte, 0 to 255. */
  public static String of(LuaString bytes) {
    return new String(bytes.m_bytes, bytes.m_offset, bytes.m_length, ISO_8859_1);
  }

  /** Returns the Lua string whose bytes are the characters of {@code text}, each below 256. */
  public static LuaString bytesOf(String text) {
    return LuaString.valueOf(text.getBytes(ISO_8859_1));
  }

  /** Returns a copy of the bytes. */
  public static byte[] copyOf(LuaString bytes) {
    byte[] copy = new byte[bytes.m_length];
    System.arraycopy(bytes.m_bytes, bytes.m_offset, copy, 0, bytes.m_length);
    return copy;
  }
}
