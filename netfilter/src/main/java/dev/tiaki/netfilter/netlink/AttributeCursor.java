package dev.tiaki.netfilter.netlink;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Walks the attributes of a message in place, reusable and without allocation.
 *
 * <pre>{@code
 * cursor.over(bytes, from, end);
 * while (cursor.next()) {
 *   switch (cursor.type()) {
 *     case 8 -> mark = cursor.number();
 *     default -> {} // kernels grow: what is unknown is passed over
 *   }
 * }
 * }</pre>
 *
 * Bounds are checked in {@link #next}; no accessor reads outside the attribute.
 */
public final class AttributeCursor {
  private static final ValueLayout.OfShort SHORT_BE =
      JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt INT_BE =
      JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfLong LONG_BE =
      JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private MemorySegment bytes = MemorySegment.NULL;
  private long next;
  private long end;
  private long value;
  private int length;
  private int type;

  /** Makes a cursor over nothing. */
  public AttributeCursor() {}

  /** Stands before the first attribute between {@code from} and {@code end}; returns this. */
  public AttributeCursor over(MemorySegment bytes, long from, long end) {
    this.bytes = bytes;
    this.next = from;
    this.end = end;
    return this;
  }

  /** Goes to the next attribute; false at the end, and where a length cannot be true. */
  public boolean next() {
    if (next + Netlink.ATTRIBUTE_HEADER_BYTES > end) {
      return false;
    }
    int total = bytes.get(JAVA_SHORT_UNALIGNED, next) & 0xffff;
    if (total < Netlink.ATTRIBUTE_HEADER_BYTES || next + total > end) {
      return false;
    }
    type = bytes.get(JAVA_SHORT_UNALIGNED, next + 2) & Netlink.ATTRIBUTE_TYPE_MASK;
    value = next + Netlink.ATTRIBUTE_HEADER_BYTES;
    length = total - Netlink.ATTRIBUTE_HEADER_BYTES;
    next += Netlink.aligned(total);
    return true;
  }

  /** Returns the attribute's type without its flag bits. */
  public int type() {
    return type;
  }

  /** Returns the value's length in octets. */
  public int length() {
    return length;
  }

  /**
   * Returns the value as an unsigned big endian number of 1, 2, 4 or 8 octets (the last as the
   * {@code long} with these bits); 0 for any other length.
   */
  public long number() {
    return switch (length) {
      case 1 -> bytes.get(JAVA_BYTE, value) & 0xffL;
      case 2 -> bytes.get(SHORT_BE, value) & 0xffffL;
      case 4 -> bytes.get(INT_BE, value) & 0xffff_ffffL;
      case 8 -> bytes.get(LONG_BE, value);
      default -> 0;
    };
  }

  /** Returns {@link #number} as an int. */
  public int intNumber() {
    return (int) number();
  }

  /** Returns the octet at {@code index} of the value as 0 to 255, 0 behind its end. */
  public int octet(int index) {
    return index < length ? bytes.get(JAVA_BYTE, value + index) & 0xff : 0;
  }

  /** Returns a copy of the value. */
  public byte[] octets() {
    return bytes.asSlice(value, length).toArray(JAVA_BYTE);
  }

  /** Stands at the attribute at which {@code other} stands, to be read later. */
  public void sameAs(AttributeCursor other) {
    bytes = other.bytes;
    next = other.next;
    end = other.end;
    value = other.value;
    length = other.length;
    type = other.type;
  }

  /** Copies the first {@code count} octets of the value, which has them, to {@code target}. */
  public void copyTo(byte[] target, int at, int count) {
    MemorySegment.copy(bytes, JAVA_BYTE, value, target, at, Math.min(count, length));
  }

  /** Returns the value as text up to its NUL. */
  public String text() {
    int size = 0;
    while (size < length && bytes.get(JAVA_BYTE, value + size) != 0) {
      size++;
    }
    return new String(bytes.asSlice(value, size).toArray(JAVA_BYTE), StandardCharsets.UTF_8);
  }

  /** Lets {@code inner} stand before the attributes that this one's value holds; returns it. */
  public AttributeCursor into(AttributeCursor inner) {
    return inner.over(bytes, value, value + length);
  }
}
