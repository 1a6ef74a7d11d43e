package dev.tiaki.dissector.http;

import dev.tiaki.engine.buffer.BufferIterator;
import dev.tiaki.engine.buffer.SubBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the bytes of a head until it is complete. The stream keeps them meanwhile by a mark, so
 * that rules see the head before the other end does.
 */
final class HeadReader {
  private static final int PIECE_BYTES = 2048;
  private static final int CONTEXT_BYTES = 100;
  private static final byte[] NOTHING = {};

  private final HeadArrays arrays;
  private final HeadParser parser;
  private final int maxBytes;
  private final boolean readOnly;
  private byte[] bytes = NOTHING;
  private int length;
  private @Nullable BufferIterator begin;
  private boolean marked;

  HeadReader(HttpDissector dissector) {
    this.arrays = dissector.headArrays();
    this.parser = new HeadParser(dissector.isStrict());
    this.maxBytes = dissector.settings().maxHeadBytes();
    this.readOnly = dissector.isReadOnly();
  }

  void start(HeadToken first) {
    parser.begin(first);
    length = 0;
    begin = null;
    marked = false;
  }

  /** Tells whether the head has begun. */
  boolean isBegun() {
    return length > 0;
  }

  boolean isTooLong() {
    return length >= maxBytes;
  }

  byte[] bytes() {
    return bytes;
  }

  HeadFields fields() {
    return parser.fields();
  }

  /**
   * Reads on from {@code at}, and moves it behind what belongs to the head.
   *
   * @param last whether no more bytes will come
   */
  HeadParser.Result read(BufferIterator at, boolean last) {
    if (begin == null) {
      begin = at.copy();
    }
    HeadParser.Result result = HeadParser.Result.MORE;
    int left = (int) at.available();
    do {
      int before = length;
      int step = Math.min(left, PIECE_BYTES);
      gather(at, step);
      left -= step;
      result = parser.parse(bytes, length, last && left == 0);
      int used = result == HeadParser.Result.COMPLETE ? fields().end - before : step;
      if (result != HeadParser.Result.FAILED) {
        at.advance(used);
      }
    } while (result == HeadParser.Result.MORE && left > 0 && length < maxBytes);
    if (result == HeadParser.Result.MORE && !marked && length > 0) {
      mark();
    }
    return result;
  }

  private void gather(BufferIterator at, int count) {
    if (bytes.length == 0) {
      bytes = arrays.take();
    }
    if (length + count > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + count, Math.min(2 * bytes.length, maxBytes)));
    }
    SubBuffer piece = at.copy().sub(count, false);
    length += piece.copyTo(bytes, length);
  }

  private void mark() {
    BufferIterator from = begin;
    if (from != null) {
      from.mark(readOnly);
      marked = true;
    }
  }

  /** Has the stream keep the head after it was read, until {@link #release}. */
  void keep() {
    if (!marked) {
      mark();
    }
  }

  /** Returns where the head begins in the stream. */
  BufferIterator begin(BufferIterator otherwise) {
    BufferIterator known = begin;
    return known == null ? otherwise : known;
  }

  /** Lets the stream send the head, and forgets it. */
  void release() {
    BufferIterator from = begin;
    if (marked && from != null && from.isValid()) {
      from.unmark();
    }
    begin = null;
    marked = false;
    length = 0;
    arrays.giveBack(bytes);
    bytes = NOTHING;
  }

  /** Returns what is wrong; {@code streamPosition} is where the head began. */
  SyntaxError error(long streamPosition) {
    return parser.error(streamPosition);
  }

  /** Returns the first bytes of what could not be read. */
  byte[] context() {
    int from = Math.min(parser.position(), length);
    return Arrays.copyOfRange(bytes, from, Math.min(length, from + CONTEXT_BYTES));
  }
}
