package dev.tiaki.engine.buffer;

/** Looks for bytes in chunks that follow one another. */
final class ByteSearch {
  private ByteSearch() {}

  /**
   * Returns the index of {@code needle} in the {@code size} bytes from {@code offset} in {@code
   * chunk} on, searched from index {@code from} on, or -1.
   */
  static long indexOf(Chunk chunk, int offset, long size, byte[] needle, long from) {
    long start = Math.max(0, from);
    long lastStart = size - needle.length;
    if (needle.length == 0) {
      return start <= size ? start : -1;
    }
    Chunk at = chunk;
    long base = -offset;
    while (base <= lastStart) {
      long first = Math.max(start, Math.max(base, 0));
      long end = Math.min(base + at.length, lastStart + 1);
      for (long index = first; index < end; index++) {
        int in = (int) (index - base);
        if (at.memory.array()[at.offset + in] == needle[0] && matches(at, in, needle)) {
          return index;
        }
      }
      base += at.length;
      at = at.next;
    }
    return -1;
  }

  /** Tells whether the bytes from {@code offset} in {@code chunk} on, enough of them, match. */
  static boolean matches(Chunk chunk, int offset, byte[] bytes) {
    Chunk at = chunk;
    int in = offset;
    for (byte wanted : bytes) {
      while (in == at.length) {
        at = at.next;
        in = 0;
      }
      if (at.memory.array()[at.offset + in] != wanted) {
        return false;
      }
      in++;
    }
    return true;
  }
}
