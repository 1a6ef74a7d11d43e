package dev.tiaki.lua.grammar;

import dev.tiaki.engine.buffer.BufferIterator;
import org.luaj.vm2.LuaString;

/** Bytes as log lines show them: what cannot be printed as its number. */
final class SafeText {
  private SafeText() {}

  /** Returns at most {@code most} bytes from a position on, which stays where it is. */
  static String of(BufferIterator position, int most) {
    return of(position.copy().sub(most, false).toByteArray());
  }

  static String of(LuaString text) {
    byte[] bytes = new byte[text.m_length];
    System.arraycopy(text.m_bytes, text.m_offset, bytes, 0, bytes.length);
    return of(bytes);
  }

  private static String of(byte[] bytes) {
    StringBuilder safe = new StringBuilder(bytes.length + 16);
    for (byte value : bytes) {
      int octet = value & 0xff;
      if (octet >= ' ' && octet <= '~') {
        safe.append((char) octet);
      } else {
        safe.append(String.format("\\x%02x", octet));
      }
    }
    return safe.toString();
  }
}
