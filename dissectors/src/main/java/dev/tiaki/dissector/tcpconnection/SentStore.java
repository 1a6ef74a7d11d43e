package dev.tiaki.dissector.tcpconnection;

import dev.tiaki.engine.stream.SentBytes;
import dev.tiaki.engine.worker.Counter;
import dev.tiaki.engine.worker.WorkerContext;

/**
 * What was sent of all connections and may be needed again, within one bound for all.
 *
 * <p>What its receiver has acknowledged is kept for a while, for retransmissions that cross the
 * acknowledgement, as long as less than half of the bound is taken.
 */
final class SentStore {
  private static final int KEPT_ACKNOWLEDGED_BYTES = 1 << 14;

  private final TcpConnectionSettings settings;
  private final boolean keeps;
  private final Counter notKept;
  private long memoryBytes;

  SentStore(WorkerContext context, TcpConnectionSettings settings) {
    this.settings = settings;
    this.keeps = context.mode().enforcing() && !context.mode().hakaCompatible();
    this.notKept =
        context
            .counters()
            .counter("tcp.sentBytes.notKept", "bytes sent that could not be kept: too many in all");
  }

  /** Returns how much memory is taken in all. */
  long memoryBytes() {
    return memoryBytes;
  }

  /** Keeps bytes that were sent behind all others of their direction. */
  void keep(TcpHalf half, byte[] array, int offset, int bytes) {
    if (!keeps || bytes == 0) {
      return;
    }
    if (memoryBytes > settings.maxSentBytesInAll()) {
      notKept.add(bytes);
      forget(half);
      return;
    }
    SentBytes kept = half.sentBytes;
    if (kept == null) {
      kept = new SentBytes(half.outputSent() - bytes, settings.maxSentBytes());
      half.sentBytes = kept;
    }
    long before = kept.memoryBytes();
    kept.append(array, offset, bytes);
    memoryBytes += kept.memoryBytes() - before;
  }

  /** Notes that the receiver has everything before {@code position}. */
  void acknowledged(TcpHalf half, int position) {
    SentBytes kept = half.sentBytes;
    if (kept != null) {
      long before = kept.memoryBytes();
      boolean roomy = memoryBytes < settings.maxSentBytesInAll() / 2;
      kept.acknowledged(position, roomy ? KEPT_ACKNOWLEDGED_BYTES : 0);
      memoryBytes += kept.memoryBytes() - before;
    }
  }

  /** Keeps nothing of this direction any more. */
  void forget(TcpHalf half) {
    SentBytes kept = half.sentBytes;
    if (kept != null) {
      memoryBytes -= kept.memoryBytes();
      half.sentBytes = null;
    }
  }
}
