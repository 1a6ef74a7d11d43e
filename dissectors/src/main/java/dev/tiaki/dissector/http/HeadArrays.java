package dev.tiaki.dissector.http;

import java.util.ArrayDeque;

/** Arrays in which heads are gathered, to be used again: most connections need none at a time. */
final class HeadArrays {
  private static final int BYTES = 4096;
  private static final int KEPT = 64;

  private final ArrayDeque<byte[]> free = new ArrayDeque<>();

  byte[] take() {
    byte[] array = free.poll();
    return array == null ? new byte[BYTES] : array;
  }

  void giveBack(byte[] array) {
    if (array.length == BYTES && free.size() < KEPT) {
      free.push(array);
    }
  }
}
