package dev.tiaki.cli.live;

import dev.tiaki.cli.inline.MarkPlan;
import org.jspecify.annotations.Nullable;

/**
 * What guarding live traffic needs to know beside how rules treat packets.
 *
 * @param queues which kernel queues, one worker each
 * @param hook where packets are queued
 * @param fail what happens to packets that nobody can decide about: a full queue, a stuck worker
 * @param marks the mark bits that may be used
 * @param queueLength how many packets may wait in each queue for a verdict
 * @param receiveBufferBytes the kernel's memory for packets on their way to each worker
 * @param mtuBytes the largest packet that an edited one may become before it is split
 * @param watchdogSeconds after how long without a move a worker is stuck; 0: never
 * @param filter what is inspected, in libpcap's language; the rest passes. Null: everything
 */
public record LiveSettings(
    QueueRange queues,
    Hook hook,
    FailPolicy fail,
    MarkPlan marks,
    int queueLength,
    int receiveBufferBytes,
    int mtuBytes,
    int watchdogSeconds,
    @Nullable String filter) {
  /** Eight thousand packets. */
  public static final int DEFAULT_QUEUE_LENGTH = 8192;

  /** Sixteen mebibytes. */
  public static final int DEFAULT_RECEIVE_BUFFER_BYTES = 16 << 20;

  /** Ethernet's. */
  public static final int DEFAULT_MTU_BYTES = 1500;

  /** Longer than any rule may run, shorter than the patience of those who wait for an answer. */
  public static final int DEFAULT_WATCHDOG_SECONDS = 5;

  private static final int MAX_QUEUE_LENGTH = 1 << 20;
  private static final int MIN_RECEIVE_BUFFER_BYTES = 1 << 16;
  private static final int MAX_RECEIVE_BUFFER_BYTES = 1 << 30;
  private static final int MIN_MTU_BYTES = 576;
  private static final int MAX_MTU_BYTES = 65_535;
  private static final int MAX_WATCHDOG_SECONDS = 3600;

  /** Checks the ranges; messages call a value by its option. */
  public LiveSettings {
    check("queue-length", queueLength, 1, MAX_QUEUE_LENGTH);
    check("receive-buffer", receiveBufferBytes, MIN_RECEIVE_BUFFER_BYTES, MAX_RECEIVE_BUFFER_BYTES);
    check("mtu", mtuBytes, MIN_MTU_BYTES, MAX_MTU_BYTES);
    check("watchdog", watchdogSeconds, 0, MAX_WATCHDOG_SECONDS);
  }

  /** Returns the same, but for a watchdog that never looks. */
  public LiveSettings withoutWatchdog() {
    return new LiveSettings(
        queues, hook, fail, marks, queueLength, receiveBufferBytes, mtuBytes, 0, filter);
  }

  private static void check(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s %d: must be from %d to %d".formatted(option, value, least, most));
    }
  }
}
