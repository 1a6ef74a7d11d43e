package dev.tiaki.dissector.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.tiaki.engine.buffer.BufferIterator;
import dev.tiaki.engine.buffer.SubBuffer;

/**
 * The head of a message that waits until the size of its edited body is known, for a reader that
 * knows no chunks (RFC 9112 section 7.1 forbids them in HTTP/1.0).
 *
 * @param message the message
 * @param head where its head begins
 * @param body where its body begins
 */
record LengthRepair(HttpMessage message, BufferIterator head, BufferIterator body) {
  /** Writes the head with the length of what stands before {@code end}. */
  void apply(BufferIterator end) {
    long size = SubBuffer.between(body, end).size();
    message.setSealed(false);
    message.headers().set(Headers.CONTENT_LENGTH, Long.toString(size).getBytes(ISO_8859_1));
    HeadEdits.apply(message, head);
    message.setSealed(true);
  }
}
