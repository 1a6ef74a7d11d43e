package dev.tiaki.dissector.http;

import java.util.function.IntPredicate;

/** A set of bytes, looked up in a table. */
final class ByteClass {
  static final ByteClass BLANK = new ByteClass(Ascii::isBlank);
  static final ByteClass LINE_END = new ByteClass(Ascii::isLineEnd);
  static final ByteClass TEXT = new ByteClass(value -> !Ascii.isLineEnd(value));
  static final ByteClass METHOD =
      new ByteClass(value -> "()<>@,;:\\\"/[]?={} \t".indexOf(value) < 0);

  /** What a rule may write as a method: a line end would make another line of it. */
  static final ByteClass METHOD_EDIT =
      new ByteClass(value -> METHOD.contains(value) && !Ascii.isLineEnd(value));

  static final ByteClass GRAPHIC = new ByteClass(value -> value > ' ' && value < 0x7f);

  /** As {@link #GRAPHIC}, and what is not ASCII: clients do send it, if Haka refused it or not. */
  static final ByteClass TOLERANT_URI = new ByteClass(value -> value > ' ' && value != 0x7f);

  /** Header names as Haka reads them but for line ends, behind which servers see another header. */
  static final ByteClass NAME =
      new ByteClass(value -> value != ':' && !Ascii.isBlank(value) && !Ascii.isLineEnd(value));

  static final ByteClass DIGIT = new ByteClass(value -> value >= '0' && value <= '9');

  private final boolean[] members = new boolean[256];

  private ByteClass(IntPredicate contains) {
    for (int i = 0; i < members.length; i++) {
      members[i] = contains.test(i);
    }
  }

  boolean contains(int value) {
    return members[value & 0xff];
  }

  /** Returns the index of the first byte from {@code from} on that is no member, or {@code to}. */
  int skip(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && members[bytes[at] & 0xff]) {
      at++;
    }
    return at;
  }

  /** Tells whether there is at least one byte, and only members. */
  boolean matches(byte[] bytes) {
    return bytes.length > 0 && skip(bytes, 0, bytes.length) == bytes.length;
  }
}
