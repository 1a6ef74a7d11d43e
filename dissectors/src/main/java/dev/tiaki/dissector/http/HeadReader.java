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

  private final HeadWorkspaces workspaces;
  private final int maxBytes;
  private final boolean readOnly;
  private @Nullable HeadWorkspace workspace;
  private HeadToken first = HeadToken.COMPLETE;
  private int length;
  private @Nullable BufferIterator begin;
  private boolean marked;

  HeadReader(HttpDissector dissector) {
    this.workspaces = dissector.workspaces();
    this.maxBytes = dissector.settings().maxHeadBytes();
    this.readOnly = dissector.isReadOnly();
  }

  /** Expects a head that begins with {@code token}. */
  void start(HeadToken token) {
    first = token;
    if (workspace != null) {
      workspace.parser().begin(token);
    }
    length = 0;
    begin = null;
    marked = false;
  }

  /** Begins with octets that are no longer in the stream. */
  void resume(byte[] left) {
    HeadWorkspace space = inUse();
    space.reserve(left.length, maxBytes);
    System.arraycopy(left, 0, space.bytes(), 0, left.length);
    length = left.length;
  }

  /** Tells whether the head has begun. */
  boolean isBegun() {
    return length > 0;
  }

  boolean isTooLong() {
    return length >= maxBytes;
  }

  /** Returns the bytes of the head, to be looked at until {@link #release}. */
  byte[] bytes() {
    return inUse().bytes();
  }

  /** Returns where the parts of the head are, to be looked at until {@link #release}. */
  HeadFields fields() {
    return inUse().parser().fields();
  }

  private HeadWorkspace inUse() {
    HeadWorkspace known = workspace;
    if (known == null) {
      known = workspaces.take();
      known.parser().begin(first);
      workspace = known;
    }
    return known;
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
    HeadWorkspace space = inUse();
    HeadParser parser = space.parser();
    HeadParser.Result result = HeadParser.Result.MORE;
    int left = (int) at.available();
    do {
      int before = length;
      int step = Math.min(left, PIECE_BYTES);
      gather(at, step, space);
      left -= step;
      result = parser.parse(space.bytes(), length, last && left == 0);
      int used = result == HeadParser.Result.COMPLETE ? parser.fields().end - before : step;
      if (result != HeadParser.Result.FAILED) {
        at.advance(used);
      }
    } while (result == HeadParser.Result.MORE && left > 0 && length < maxBytes);
    if (result == HeadParser.Result.MORE && !marked && length > 0) {
      mark();
    }
    return result;
  }

  private void gather(BufferIterator at, int count, HeadWorkspace space) {
    space.reserve(length + count, maxBytes);
    SubBuffer piece = at.copy().sub(count, false);
    length += piece.copyTo(space.bytes(), length);
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
    HeadWorkspace used = workspace;
    if (used != null) {
      workspaces.giveBack(used);
      workspace = null;
    }
  }

  /** Returns what is wrong; {@code streamPosition} is where the head began. */
  SyntaxError error(long streamPosition) {
    return inUse().parser().error(streamPosition);
  }

  /** Returns the first bytes of what could not be read. */
  byte[] context() {
    int from = Math.min(inUse().parser().position(), length);
    return Arrays.copyOfRange(bytes(), from, Math.min(length, from + CONTEXT_BYTES));
  }
}
