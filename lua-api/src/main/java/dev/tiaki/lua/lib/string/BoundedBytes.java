package dev.tiaki.lua.lib.string;

import dev.tiaki.lua.budget.RuleBudget;
import dev.tiaki.lua.fault.Raised;
import java.util.Arrays;
import org.luaj.vm2.LuaString;

/** Bytes that are being put together, never more than a string may have. */
public final class BoundedBytes {
  private final RuleBudget budget;
  private byte[] bytes;
  private int length;

  /** Begins with room for {@code expected} bytes. */
  public BoundedBytes(RuleBudget budget, int expected) {
    this.budget = budget;
    this.bytes = new byte[Math.max(16, Math.min(expected, 1 << 16))];
  }

  /** Appends one byte. */
  public void append(byte b) {
    reserve(1);
    bytes[length++] = b;
  }

  /** Appends a string. */
  public void append(LuaString text) {
    append(text.m_bytes, text.m_offset, text.m_length);
  }

  /** Appends {@code count} bytes from {@code from} on. */
  public void append(byte[] source, int from, int count) {
    reserve(count);
    System.arraycopy(source, from, bytes, length, count);
    length += count;
  }

  private void reserve(int more) {
    long needed = (long) length + more;
    if (needed <= bytes.length) {
      return;
    }
    long size = Math.max(needed, Math.min(2L * bytes.length, budget.limits().stringBytes()));
    if (!budget.allowsString(size)) {
      throw Raised.at("resulting string too large");
    }
    bytes = Arrays.copyOf(bytes, (int) size);
  }

  /** Returns the bytes; nothing may be appended afterwards. */
  public LuaString toLuaString() {
    return LuaString.valueOf(bytes, 0, length);
  }
}
