package dev.tiaki.lua.lib.string;

import dev.tiaki.lua.text.ByteText;
import org.luaj.vm2.LuaString;

/** {@code %q}: a string as Lua source that reads back as the same bytes. */
final class QuotedString {
  private QuotedString() {}

  static void append(BoundedBytes out, LuaString text) {
    out.append((byte) '"');
    for (int i = 0; i < text.m_length; i++) {
      int c = text.m_bytes[text.m_offset + i] & 0xff;
      if (c == '"' || c == '\\' || c == '\n') {
        out.append((byte) '\\');
        out.append((byte) c);
      } else if (c < 32 || c == 127) {
        boolean digitFollows = i + 1 < text.m_length && isDigit(text, i + 1);
        String code = digitFollows ? "\\%03d".formatted(c) : "\\" + c;
        out.append(ByteText.bytesOf(code));
      } else {
        out.append((byte) c);
      }
    }
    out.append((byte) '"');
  }

  private static boolean isDigit(LuaString text, int index) {
    byte c = text.m_bytes[text.m_offset + index];
    return c >= '0' && c <= '9';
  }
}
