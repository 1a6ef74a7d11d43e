package dev.tiaki.dissector.dns;

import dev.tiaki.engine.address.IpAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads the parts of a message one after the other; offsets count from the message's start. */
final class DnsReader {
  private static final int POINTER = 0xc0;

  /** As many as a name can have labels: more lead nowhere new. */
  private static final int MAX_JUMPS = 127;

  private static final int MAX_BITMAP_BYTES = 32;

  private final byte[] bytes;
  private final byte[] name = new byte[DnsName.MAX_BYTES];
  private int position;
  private int end;

  DnsReader(byte[] message) {
    bytes = message;
    end = message.length;
  }

  int position() {
    return position;
  }

  void moveTo(int offset) {
    position = offset;
  }

  /** Lets nothing behind {@code offset} be read, but by following a pointer to a name. */
  void limit(int offset) {
    end = offset;
  }

  boolean isAtEnd() {
    return position == end;
  }

  private int take(int count) {
    int at = position;
    if (count > end - at) {
      throw new BrokenMessage(DnsFault.CUT, at);
    }
    position = at + count;
    return at;
  }

  int u8() {
    return bytes[take(1)] & 0xff;
  }

  int u16() {
    int at = take(2);
    return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
  }

  long u32() {
    return (long) u16() << 16 | u16();
  }

  byte[] bytes(int count) {
    int at = take(count);
    return Arrays.copyOfRange(bytes, at, at + count);
  }

  /**
   * Reads a name. A pointer has to lead to an earlier octet than where the labels before it began
   * (RFC 1035 section 4.1.4: a prior occurrence), so that following pointers comes to an end.
   */
  DnsName name() {
    int length = 0;
    int limit = position;
    int at = position;
    int until = end;
    int jumps = 0;
    while (true) {
      if (at >= until) {
        throw new BrokenMessage(DnsFault.CUT, at);
      }
      int label = bytes[at] & 0xff;
      if (label >= POINTER) {
        if (at + 1 >= until) {
          throw new BrokenMessage(DnsFault.CUT, at);
        }
        int target = (label & ~POINTER) << 8 | (bytes[at + 1] & 0xff);
        if (target >= limit || ++jumps > MAX_JUMPS) {
          throw new BrokenMessage(DnsFault.POINTER, target);
        }
        position = jumps > 1 ? position : at + 2;
        limit = target;
        at = target;
        until = bytes.length;
        continue;
      }
      length = label(at, label, until, length);
      at += 1 + label;
      if (label == 0) {
        position = jumps > 0 ? position : at;
        return DnsName.ofWire(name, length);
      }
    }
  }

  private int label(int at, int label, int until, int length) {
    if (label > 63) {
      throw new BrokenMessage(DnsFault.LABEL, at);
    }
    if (at + 1 + label > until) {
      throw new BrokenMessage(DnsFault.CUT, at);
    }
    if (length + 1 + label + (label == 0 ? 0 : 1) > DnsName.MAX_BYTES) {
      throw new BrokenMessage(DnsFault.LONG_NAME, at);
    }
    System.arraycopy(bytes, at, name, length, 1 + label);
    return length + 1 + label;
  }

  /** Reads the value of one field; those that take all that is left end at the limit. */
  Object value(FieldKind kind) {
    return switch (kind) {
      case U8 -> (long) u8();
      case U16, TYPE -> (long) u16();
      case U32 -> u32();
      case NAME, PLAIN_NAME -> name();
      case IPV4 -> IpAddress.readIpv4(bytes, take(IpAddress.IPV4_BYTES));
      case IPV6 -> IpAddress.readIpv6(bytes, take(IpAddress.IPV6_BYTES));
      case TEXT -> bytes(u8());
      case BYTES -> bytes(end - position);
      case TYPES -> types();
      case OPTIONS -> options();
    };
  }

  /** RFC 4034 section 4.1.2: windows of 256 types, each a number, a length and a bitmap. */
  private List<Integer> types() {
    List<Integer> types = new ArrayList<>();
    int last = -1;
    while (!isAtEnd()) {
      int window = u8();
      int length = u8();
      if (window <= last || length < 1 || length > MAX_BITMAP_BYTES) {
        throw new BrokenMessage(DnsFault.CUT, position);
      }
      last = window;
      byte[] bitmap = bytes(length);
      for (int bit = 0; bit < 8 * bitmap.length; bit++) {
        if ((bitmap[bit >> 3] & (0x80 >> (bit & 7))) != 0) {
          types.add(window << 8 | bit);
        }
      }
    }
    return List.copyOf(types);
  }

  private List<DnsOption> options() {
    List<DnsOption> options = new ArrayList<>();
    while (!isAtEnd()) {
      int code = u16();
      options.add(new DnsOption(code, bytes(u16())));
    }
    return List.copyOf(options);
  }
}
