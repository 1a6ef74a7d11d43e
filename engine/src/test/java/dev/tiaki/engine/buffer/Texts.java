package dev.tiaki.engine.buffer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** Buffers as texts, one character a byte. */
final class Texts {
  private Texts() {}

  static VirtualBuffer buffer(String text) {
    return VirtualBuffer.of(bytes(text));
  }

  /** A buffer whose bytes lie in one chunk per part. */
  static VirtualBuffer chunks(String... parts) {
    VirtualBuffer buffer = VirtualBuffer.empty();
    for (String part : parts) {
      buffer.append(buffer(part));
    }
    buffer.setModified(false);
    return buffer;
  }

  static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  static String text(VirtualBuffer buffer) {
    return new String(buffer.toByteArray(), ISO_8859_1);
  }

  static String text(SubBuffer range) {
    return new String(range.toByteArray(), ISO_8859_1);
  }

  /** What follows an iterator. */
  static String rest(BufferIterator iterator) {
    return text(iterator.copy().subAll(false));
  }
}
