package dev.tiaki.netfilter.netlink;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes one or several netlink messages into memory, to be sent at once. Numbers of attributes are
 * big endian unless the method says otherwise.
 */
public final class MessageWriter {
  private final MemorySegment bytes;
  private long position;
  private long message = -1;

  /** Makes a writer into {@code bytes}; writing past their end is an error of the caller. */
  public MessageWriter(MemorySegment bytes) {
    this.bytes = bytes;
  }

  /** Forgets what was written. */
  public void reset() {
    position = 0;
    message = -1;
  }

  /** Returns the octets written so far. */
  public long size() {
    return position;
  }

  /** Begins a message; the sequence number is set when it is sent. */
  public MessageWriter begin(int type, int flags) {
    message = position;
    bytes.asSlice(position, Netlink.HEADER_BYTES).fill((byte) 0);
    bytes.set(JAVA_SHORT_UNALIGNED, position + Netlink.TYPE, (short) type);
    bytes.set(JAVA_SHORT_UNALIGNED, position + Netlink.FLAGS, (short) flags);
    position += Netlink.HEADER_BYTES;
    return this;
  }

  /** Writes netfilter's header. */
  public MessageWriter netfilter(int family, int version, int resourceId) {
    bytes.set(JAVA_BYTE, position, (byte) family);
    bytes.set(JAVA_BYTE, position + 1, (byte) version);
    bytes.set(JAVA_BYTE, position + 2, (byte) (resourceId >> 8));
    bytes.set(JAVA_BYTE, position + 3, (byte) resourceId);
    position += Netlink.NETFILTER_HEADER_BYTES;
    return this;
  }

  /** Ends the message: its length is known now. */
  public void end() {
    if (message < 0) {
      throw new IllegalStateException("no message was begun");
    }
    bytes.set(JAVA_INT_UNALIGNED, message, (int) (position - message));
    message = -1;
  }

  void sequence(long at, int sequence) {
    bytes.set(JAVA_INT_UNALIGNED, at + Netlink.SEQUENCE, sequence);
  }

  long lengthAt(long at) {
    return bytes.get(JAVA_INT_UNALIGNED, at);
  }

  MemorySegment memory() {
    return bytes;
  }

  private long attribute(int type, int length) {
    long value = position + Netlink.ATTRIBUTE_HEADER_BYTES;
    bytes.set(JAVA_SHORT_UNALIGNED, position, (short) (Netlink.ATTRIBUTE_HEADER_BYTES + length));
    bytes.set(JAVA_SHORT_UNALIGNED, position + 2, (short) type);
    position = value + Netlink.aligned(length);
    for (long padding = value + length; padding < position; padding++) {
      bytes.set(JAVA_BYTE, padding, (byte) 0);
    }
    return value;
  }

  /** Writes an attribute of one octet. */
  public MessageWriter u8(int type, int number) {
    bytes.set(JAVA_BYTE, attribute(type, 1), (byte) number);
    return this;
  }

  /** Writes an attribute of 16 bits. */
  public MessageWriter u16(int type, int number) {
    bytes.set(
        JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN), attribute(type, 2), (short) number);
    return this;
  }

  /** Writes an attribute of 32 bits. */
  public MessageWriter u32(int type, long number) {
    bytes.set(JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN), attribute(type, 4), (int) number);
    return this;
  }

  /** Writes an attribute of 32 bits in the machine's own order. */
  public MessageWriter u32Host(int type, int number) {
    bytes.set(JAVA_INT_UNALIGNED, attribute(type, 4), number);
    return this;
  }

  /** Writes an attribute of 64 bits. */
  public MessageWriter u64(int type, long number) {
    bytes.set(JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN), attribute(type, 8), number);
    return this;
  }

  /** Writes an attribute of these octets. */
  public MessageWriter octets(int type, byte[] octets) {
    long value = attribute(type, octets.length);
    MemorySegment.copy(octets, 0, bytes, JAVA_BYTE, value, octets.length);
    return this;
  }

  /** Writes an attribute of text with its NUL. */
  public MessageWriter text(int type, String text) {
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    byte[] terminated = Arrays.copyOf(octets, octets.length + 1);
    return octets(type, terminated);
  }

  /** Begins an attribute that holds attributes; returns what {@link #endNest} takes. */
  public long beginNest(int type) {
    long start = position;
    attribute(type | Netlink.NESTED, 0);
    return start;
  }

  /** Ends the attribute that {@link #beginNest} began. */
  public void endNest(long start) {
    bytes.set(JAVA_SHORT_UNALIGNED, start, (short) (position - start));
  }
}
