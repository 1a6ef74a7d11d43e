package dev.tiaki.netfilter.queue;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import dev.tiaki.netfilter.netlink.Netlink;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Writes verdict messages one behind the other, to be sent in one call. Allocates nothing.
 *
 * <pre>
 *  0          16              20                     32              40
 *  | nlmsghdr | nfgenmsg       | verdict header (12) | mark (8, opt.) | payload (opt.)
 *             | queue number   | verdict, packet id
 * </pre>
 */
final class VerdictWriter {
  private static final ValueLayout.OfInt INT_BE =
      JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfShort SHORT_BE =
      JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  /** A message without payload. */
  static final int PLAIN_BYTES = 40;

  private final MemorySegment bytes;
  private final int queue;
  private long size;

  VerdictWriter(MemorySegment bytes, int queue) {
    this.bytes = bytes;
    this.queue = queue;
  }

  void reset() {
    size = 0;
  }

  MemorySegment memory() {
    return bytes;
  }

  long size() {
    return size;
  }

  boolean hasRoomFor(int payloadBytes) {
    return size + PLAIN_BYTES + Netlink.HEADER_BYTES + payloadBytes <= bytes.byteSize();
  }

  void verdict(int message, int verdict, int id, int mark) {
    long at = size;
    size = head(message, verdict, id, mark);
    bytes.set(JAVA_INT_UNALIGNED, at, (int) (size - at));
  }

  void verdict(int id, int mark, byte[] payload, int offset, int length) {
    long at = size;
    long value = head(QueueProtocol.MESSAGE_VERDICT, QueueProtocol.ACCEPT, id, mark);
    attribute(value, QueueProtocol.PAYLOAD, length);
    MemorySegment.copy(payload, offset, bytes, JAVA_BYTE, value + 4, length);
    long end = value + 4 + length;
    size = end + 3 & ~3L;
    for (long padding = end; padding < size; padding++) {
      bytes.set(JAVA_BYTE, padding, (byte) 0);
    }
    bytes.set(JAVA_INT_UNALIGNED, at, (int) (size - at));
  }

  private long head(int message, int verdict, int id, int mark) {
    long at = size;
    bytes.set(JAVA_SHORT_UNALIGNED, at + 4, (short) message);
    bytes.set(JAVA_SHORT_UNALIGNED, at + 6, (short) Netlink.REQUEST);
    bytes.set(JAVA_LONG_UNALIGNED, at + 8, 0);
    bytes.set(JAVA_SHORT_UNALIGNED, at + 16, (short) 0);
    bytes.set(SHORT_BE, at + 18, (short) queue);
    attribute(at + 20, QueueProtocol.VERDICT_HEADER, 8);
    bytes.set(INT_BE, at + 24, verdict);
    bytes.set(INT_BE, at + 28, id);
    if (mark == PacketQueue.KEEP_MARK) {
      return at + 32;
    }
    attribute(at + 32, QueueProtocol.MARK, 4);
    bytes.set(INT_BE, at + 36, mark);
    return at + 40;
  }

  private void attribute(long at, int type, int length) {
    bytes.set(JAVA_SHORT_UNALIGNED, at, (short) (4 + length));
    bytes.set(JAVA_SHORT_UNALIGNED, at + 2, (short) type);
  }
}
