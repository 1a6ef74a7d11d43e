package dev.tiaki.dissector.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * Some bytes of a message head. The array is shared with the head and must not be written.
 *
 * @param array where the bytes are
 * @param offset the index of the first one
 * @param length their number
 */
// a view, not a value that anyone could change
@SuppressWarnings("ArrayRecordComponent")
public record HttpText(byte[] array, int offset, int length) {
  static HttpText of(byte[] bytes) {
    return new HttpText(bytes, 0, bytes.length);
  }

  /** Returns the bytes of {@code text}, which is ISO 8859-1. */
  public static HttpText of(String text) {
    return of(text.getBytes(ISO_8859_1));
  }

  /** Returns whether these are the bytes of {@code text}, in upper or lower case. */
  public boolean equalsIgnoreCase(String text) {
    return Ascii.equalsIgnoreCase(array, offset, length, text);
  }

  /** Returns the bytes in an array of their own. */
  public byte[] toByteArray() {
    byte[] bytes = new byte[length];
    System.arraycopy(array, offset, bytes, 0, length);
    return bytes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HttpText text && toString().equals(text.toString());
  }

  @Override
  public int hashCode() {
    return toString().hashCode();
  }

  /** Returns the bytes as ISO 8859-1. */
  @Override
  public String toString() {
    return new String(array, offset, length, ISO_8859_1);
  }
}
