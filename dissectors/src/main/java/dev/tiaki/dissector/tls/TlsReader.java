package dev.tiaki.dissector.tls;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads numbers and vectors of a handshake message one after the other (RFC 8446 section 3). */
final class TlsReader {
  private final byte[] bytes;
  private final int end;
  private int position;

  TlsReader(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.position = from;
    this.end = to;
  }

  boolean isAtEnd() {
    return position == end;
  }

  private int take(int count) {
    if (count > end - position) {
      throw new BrokenHandshake();
    }
    int at = position;
    position += count;
    return at;
  }

  void skip(int count) {
    take(count);
  }

  int u8() {
    return bytes[take(1)] & 0xff;
  }

  int u16() {
    return u8() << 8 | u8();
  }

  int u24() {
    return u16() << 8 | u8();
  }

  byte[] bytes(int count) {
    int at = take(count);
    return Arrays.copyOfRange(bytes, at, at + count);
  }

  /** Returns a reader of the next {@code count} octets alone. */
  TlsReader part(int count) {
    int at = take(count);
    return new TlsReader(bytes, at, at + count);
  }

  /** Reads numbers of two octets until the end. */
  List<Integer> numbers() {
    List<Integer> numbers = new ArrayList<>((end - position) / 2);
    while (!isAtEnd()) {
      numbers.add(u16());
    }
    return List.copyOf(numbers);
  }
}
