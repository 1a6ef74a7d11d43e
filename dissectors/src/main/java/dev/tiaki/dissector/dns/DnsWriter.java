package dev.tiaki.dissector.dns;

import dev.tiaki.engine.address.IpAddress;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes a message from its beginning; names that stood there before become pointers. */
final class DnsWriter {
  /** A pointer has 14 bits. */
  private static final int MAX_POINTER = 0x3fff;

  private final Octets out = new Octets();
  private final Map<String, Integer> names = new HashMap<>();

  /** Octets of which some become known later. */
  private static final class Octets extends ByteArrayOutputStream {
    Octets() {
      super(512);
    }

    /** Writes at {@code start} how many octets stand behind the two there. */
    void patchLength(int start) {
      DnsMessage.put16(buf, start, count - start - 2);
    }
  }

  int size() {
    return out.size();
  }

  byte[] toByteArray() {
    return out.toByteArray();
  }

  void u8(long value) {
    out.write((int) value);
  }

  void u16(long value) {
    u8(value >> 8);
    u8(value);
  }

  void u32(long value) {
    u16(value >> 16);
    u16(value);
  }

  void bytes(byte[] bytes) {
    out.writeBytes(bytes);
  }

  void name(DnsName name) {
    byte[] wire = name.wire();
    for (int at = 0; wire[at] != 0; at += 1 + wire[at]) {
      Integer known = names.get(name.suffix(at));
      if (known != null) {
        u16(0xc000 | known);
        return;
      }
      if (size() <= MAX_POINTER) {
        names.put(name.suffix(at), size());
      }
      out.write(wire, at, 1 + wire[at]);
    }
    u8(0);
  }

  /** Writes a record's data behind its length. */
  void data(RecordSchema schema, Object[] values) {
    int start = out.size();
    u16(0);
    for (int i = 0; i < values.length; i++) {
      value(schema.fields().get(i).kind(), values[i]);
    }
    out.patchLength(start);
  }

  void value(FieldKind kind, Object value) {
    switch (kind) {
      case U8 -> u8((Long) value);
      case U16, TYPE -> u16((Long) value);
      case U32 -> u32((Long) value);
      case NAME -> name((DnsName) value);
      case PLAIN_NAME -> bytes(((DnsName) value).wire());
      case IPV4, IPV6 -> address((IpAddress) value);
      case TEXT -> text((byte[]) value);
      case BYTES -> bytes((byte[]) value);
      case TYPES -> types((List<?>) value);
      case OPTIONS -> options((List<?>) value);
    }
  }

  private void address(IpAddress address) {
    byte[] octets = new byte[address.isIpv6() ? IpAddress.IPV6_BYTES : IpAddress.IPV4_BYTES];
    address.write(octets, 0);
    bytes(octets);
  }

  private void text(byte[] text) {
    u8(text.length);
    bytes(text);
  }

  private void types(List<?> types) {
    TreeMap<Integer, byte[]> windows = new TreeMap<>();
    for (Object each : types) {
      int type = (Integer) each;
      byte[] bitmap = windows.computeIfAbsent(type >> 8, window -> new byte[32]);
      bitmap[(type & 0xff) >> 3] |= (byte) (0x80 >> (type & 7));
    }
    windows.forEach((window, bitmap) -> {
      int length = bitmap.length;
      while (length > 1 && bitmap[length - 1] == 0) {
        length--;
      }
      u8(window);
      u8(length);
      out.write(bitmap, 0, length);
    });
  }

  private void options(List<?> options) {
    for (Object each : options) {
      DnsOption option = (DnsOption) each;
      u16(option.code());
      u16(option.data().length);
      bytes(option.data());
    }
  }
}
