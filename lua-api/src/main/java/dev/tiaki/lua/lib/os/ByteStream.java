package dev.tiaki.lua.lib.os;

import java.io.IOException;

/** What a Lua file reads from and writes to. */
interface ByteStream {
  /** Returns the next byte, 0 to 255, or -1 at the end. */
  int read() throws IOException;

  /** Makes the byte that was read last, if any was, the next one again. */
  void unread(int b);

  /** Writes bytes. */
  void write(byte[] bytes, int offset, int length) throws IOException;

  /** Writes out what is buffered. */
  void flush() throws IOException;

  /**
   * Moves to a place and returns it, in octets from the start.
   *
   * @param whence {@code set}, {@code cur} or {@code end}
   */
  long seek(String whence, long offset) throws IOException;

  /** Closes it; nothing else may be called afterwards. */
  void close() throws IOException;
}
