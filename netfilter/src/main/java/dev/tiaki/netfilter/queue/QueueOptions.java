package dev.tiaki.netfilter.queue;

import dev.tiaki.netfilter.netlink.NetworkNamespace;

/**
 * How a queue is served.
 *
 * @param namespace where
 * @param number the queue's number, 0 to 65 535
 * @param maxPackets how many packets may wait for a verdict; the kernel drops more, or lets them
 *     pass with {@code failOpen}
 * @param receiveBufferBytes the kernel's memory for packets on their way here
 * @param failOpen whether packets pass when too many wait
 * @param joined whether packets that the kernel joined (GSO, up to 64 KiB) come as one
 * @param conntrack whether the connection's id and mark come with each packet, where the kernel can
 * @param slots how many packets are read in one call
 * @param waitMillis how long a read waits for a packet
 */
public record QueueOptions(
    NetworkNamespace namespace,
    int number,
    int maxPackets,
    int receiveBufferBytes,
    boolean failOpen,
    boolean joined,
    boolean conntrack,
    int slots,
    int waitMillis) {
  private static final int DEFAULT_PACKETS = 8192;
  private static final int DEFAULT_BUFFER_BYTES = 16 << 20;

  /** Checks the ranges. */
  public QueueOptions {
    if (number < 0 || number > 0xffff || maxPackets < 1 || receiveBufferBytes < 1) {
      throw new IllegalArgumentException(
          "number=%d maxPackets=%d receiveBufferBytes=%d"
              .formatted(number, maxPackets, receiveBufferBytes));
    }
    if (slots < 1 || slots > 1024 || waitMillis < 1) {
      throw new IllegalArgumentException("slots=%d waitMillis=%d".formatted(slots, waitMillis));
    }
  }

  /** Returns the options for queue {@code number} of this process's namespace: joined packets. */
  public static QueueOptions of(int number) {
    return new QueueOptions(
        NetworkNamespace.own(),
        number,
        DEFAULT_PACKETS,
        DEFAULT_BUFFER_BYTES,
        false,
        true,
        true,
        64,
        50);
  }

  /** Returns these for another namespace. */
  public QueueOptions in(NetworkNamespace other) {
    return new QueueOptions(
        other,
        number,
        maxPackets,
        receiveBufferBytes,
        failOpen,
        joined,
        conntrack,
        slots,
        waitMillis);
  }

  /** Returns these with other sizes. */
  public QueueOptions withSizes(int packets, int bufferBytes) {
    return new QueueOptions(
        namespace, number, packets, bufferBytes, failOpen, joined, conntrack, slots, waitMillis);
  }

  /** Returns these with or without letting packets pass when too many wait. */
  public QueueOptions withFailOpen(boolean open) {
    return new QueueOptions(
        namespace,
        number,
        maxPackets,
        receiveBufferBytes,
        open,
        joined,
        conntrack,
        slots,
        waitMillis);
  }

  /** Returns these with or without packets that the kernel joined. */
  public QueueOptions withJoined(boolean join) {
    return new QueueOptions(
        namespace,
        number,
        maxPackets,
        receiveBufferBytes,
        failOpen,
        join,
        conntrack,
        slots,
        waitMillis);
  }

  /** Returns these with room for so many packets in one call. */
  QueueOptions withSlots(int packets) {
    return new QueueOptions(
        namespace,
        number,
        maxPackets,
        receiveBufferBytes,
        failOpen,
        joined,
        conntrack,
        packets,
        waitMillis);
  }
}
