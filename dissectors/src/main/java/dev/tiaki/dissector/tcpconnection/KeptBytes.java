package dev.tiaki.dissector.tcpconnection;

import dev.tiaki.engine.buffer.BufferStream;

/**
 * Counts what rules keep in streams, by marks or by taking parts out, against its bounds. A sender
 * stops at its receiver's window when nothing comes through, but what is kept only to be read
 * leaves at the same time, so that nothing else would end it.
 */
final class KeptBytes {
  /** How many directions may keep as much as one may. */
  private static final int FULL_DIRECTIONS = 16;

  private long maxPerDirection;
  private long maxInAll;
  private long inAll;

  KeptBytes(int maxPerDirection) {
    setLimits(maxPerDirection, (long) FULL_DIRECTIONS * maxPerDirection);
  }

  void setLimits(long perDirection, long all) {
    maxPerDirection = perDirection;
    maxInAll = all;
  }

  /** Looks at what is kept of one direction now, and tells whether a bound is passed. */
  boolean isTooMuch(TcpHalf half) {
    BufferStream stream = half.stream;
    int kept = stream == null ? 0 : stream.data().size();
    inAll += kept - half.keptBytes;
    half.keptBytes = kept;
    return kept > 0 && (kept > maxPerDirection || inAll > maxInAll);
  }
}
