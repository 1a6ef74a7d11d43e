package dev.tiaki.dissector.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.tiaki.engine.buffer.BufferIterator;
import dev.tiaki.engine.buffer.SubBuffer;
import dev.tiaki.engine.buffer.VirtualBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Shows the pieces of one body to listeners, and puts chunk framing around what they made of it
 * when they may change its size.
 */
final class BodyDelivery {
  private final HttpFlow http;
  private final boolean ofRequest;
  private @Nullable HttpBody body;
  private boolean wanted;
  private boolean chunking;

  BodyDelivery(HttpFlow http, boolean ofRequest) {
    this.http = http;
    this.ofRequest = ofRequest;
  }

  /** Begins the body of {@code message}. */
  void begin(@Nullable HttpMessage message, boolean writesChunks) {
    wanted = http.dissector().events().wantsData(ofRequest);
    body = wanted ? new HttpBody(message) : null;
    chunking = writesChunks;
  }

  /** Tells whether chunk framing is written anew. */
  boolean writesChunks() {
    return chunking;
  }

  /** Shows the next {@code count} bytes, and moves {@code at} behind what became of them. */
  void piece(BufferIterator at, int count) {
    HttpBody known = body;
    if (known == null) {
      pass(at, count);
      return;
    }
    BufferIterator current = known.stream().push(at.sub(count, true));
    if (current == null) {
      return;
    }
    http.signalData(known, current, ofRequest);
    if (http.isOver()) {
      return;
    }
    settle(known, at);
  }

  private void pass(BufferIterator at, int count) {
    if (chunking) {
      wrap(at.sub(count, true), at);
    } else {
      at.advance(count);
    }
  }

  private void settle(HttpBody known, BufferIterator at) {
    SubBuffer out = known.stream().pop();
    if (chunking && out != null) {
      wrap(out, at);
    }
  }

  private static void wrap(SubBuffer out, BufferIterator at) {
    long size = out.size();
    if (size == 0) {
      return;
    }
    BufferIterator begin = out.position(0);
    insert(out.position(-1), "\r\n", at);
    insert(begin, Long.toHexString(size) + "\r\n", at);
  }

  /** Inserts at {@code place}; when {@code at} is the same place it is moved behind the text. */
  private static void insert(BufferIterator place, String text, BufferIterator at) {
    long before = at.available();
    place.insert(VirtualBuffer.of(text.getBytes(ISO_8859_1)));
    long grown = at.available() - before;
    if (grown > 0) {
      at.advance(grown);
    }
  }

  /**
   * Tells listeners that the body has ended.
   *
   * @param trailers whether trailers, or the end of the chunks, follow in the stream
   */
  void end(BufferIterator at, boolean trailers) {
    HttpBody known = body;
    if (known != null) {
      http.signalData(known, known.stream().finish(at), ofRequest);
      if (!http.isOver()) {
        settle(known, at);
      }
    }
    if (chunking && !http.isOver()) {
      at.insert(VirtualBuffer.of((trailers ? "0\r\n" : "0\r\n\r\n").getBytes(ISO_8859_1)));
    }
    chunking = false;
    body = null;
  }
}
