package dev.tiaki.netfilter.netlink;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Walks the messages of one datagram in place, reusable and without allocation. */
public final class NetlinkMessages {
  private static final int EXTENDED_TEXT = 1;

  private final MemorySegment bytes;
  private long end;
  private long next;
  private long at;
  private long messageEnd;

  /** Makes a cursor over {@code bytes}, of which the first {@link #over} octets are filled. */
  public NetlinkMessages(MemorySegment bytes) {
    this.bytes = bytes;
  }

  /** Stands before the first message of {@code length} octets. */
  public void over(long length) {
    next = 0;
    end = length;
  }

  /** Stands before the first message again. */
  public void rewind() {
    next = 0;
  }

  /** Goes to the next message; false at the end, and where a length cannot be true. */
  public boolean next() {
    if (next + Netlink.HEADER_BYTES > end) {
      return false;
    }
    long length = bytes.get(JAVA_INT_UNALIGNED, next) & 0xffff_ffffL;
    if (length < Netlink.HEADER_BYTES || next + length > end) {
      return false;
    }
    at = next;
    messageEnd = at + length;
    next += Netlink.aligned(length);
    return true;
  }

  /** Returns the message's type: for netfilter {@code subsystem << 8 | message}. */
  public int type() {
    return bytes.get(JAVA_SHORT_UNALIGNED, at + Netlink.TYPE) & 0xffff;
  }

  /** Returns the message's flags. */
  public int flags() {
    return bytes.get(JAVA_SHORT_UNALIGNED, at + Netlink.FLAGS) & 0xffff;
  }

  /** Returns the sequence number of the request that this answers, 0 for events. */
  public int sequence() {
    return bytes.get(JAVA_INT_UNALIGNED, at + Netlink.SEQUENCE);
  }

  /** Returns the port id of whose request this is about, 0 for the kernel itself. */
  public int portId() {
    return bytes.get(JAVA_INT_UNALIGNED, at + Netlink.PORT_ID);
  }

  /** Returns the address family of netfilter's header. */
  public int family() {
    return octet(Netlink.HEADER_BYTES);
  }

  /** Returns the resource id of netfilter's header. */
  public int resourceId() {
    return octet(Netlink.HEADER_BYTES + 2) << 8 | octet(Netlink.HEADER_BYTES + 3);
  }

  private int octet(int offset) {
    return at + offset < messageEnd ? bytes.get(JAVA_BYTE, at + offset) & 0xff : 0;
  }

  /** Lets {@code cursor} stand before the attributes behind netfilter's header; returns it. */
  public AttributeCursor attributes(AttributeCursor cursor) {
    return cursor.over(
        bytes, at + Netlink.HEADER_BYTES + Netlink.NETFILTER_HEADER_BYTES, messageEnd);
  }

  /** Returns the positive errno of an ERROR or DONE message, 0 for an acknowledgement. */
  public int errno() {
    return at + Netlink.HEADER_BYTES + 4 <= messageEnd
        ? -bytes.get(JAVA_INT_UNALIGNED, at + Netlink.HEADER_BYTES)
        : 0;
  }

  /** Returns the extended ACK's sentence of an ERROR message, or null. */
  public @Nullable String extendedText() {
    if (type() != Netlink.ERROR || (flags() & Netlink.ACK_ATTRIBUTES) == 0) {
      return null;
    }
    long request = at + Netlink.HEADER_BYTES + 4;
    long skipped =
        (flags() & Netlink.CAPPED) != 0
            ? Netlink.HEADER_BYTES
            : Netlink.aligned(bytes.get(JAVA_INT_UNALIGNED, request));
    AttributeCursor cursor = new AttributeCursor().over(bytes, request + skipped, messageEnd);
    while (cursor.next()) {
      if (cursor.type() == EXTENDED_TEXT) {
        return cursor.text();
      }
    }
    return null;
  }
}
