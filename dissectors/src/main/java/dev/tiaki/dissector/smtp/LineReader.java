package dev.tiaki.dissector.smtp;

import dev.tiaki.engine.buffer.BufferIterator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Gathers one line that comes in pieces. The stream keeps them meanwhile by a mark, so that rules
 * see the line before the other end does.
 */
final class LineReader {
  private final int maxBytes;
  private final boolean readOnly;
  private final StringBuilder line = new StringBuilder();
  private @Nullable BufferIterator begin;
  private boolean marked;

  LineReader(int maxBytes, boolean readOnly) {
    this.maxBytes = maxBytes;
    this.readOnly = readOnly;
  }

  boolean isTooLong() {
    return line.length() > maxBytes;
  }

  /**
   * Returns the line's bytes as ISO 8859-1 without its end, and moves behind it; null when its end
   * is not there yet.
   */
  @Nullable String read(BufferIterator at) {
    if (begin == null) {
      begin = at.copy();
    }
    for (int value = at.read(); value >= 0; value = at.read()) {
      if (value == '\n') {
        return complete();
      }
      line.append((char) value);
      if (isTooLong()) {
        return null;
      }
    }
    mark();
    return null;
  }

  private String complete() {
    int end = line.length();
    if (end > 0 && line.charAt(end - 1) == '\r') {
      end--;
    }
    String text = line.substring(0, end);
    line.setLength(0);
    return text;
  }

  private void mark() {
    BufferIterator from = begin;
    if (!marked && from != null && !line.isEmpty()) {
      from.mark(readOnly);
      marked = true;
    }
  }

  /**
   * Has the stream keep the line that was just read, until the mark is removed that is returned; it
   * stands at the beginning of the line.
   */
  BufferIterator keep() {
    BufferIterator from = Objects.requireNonNull(begin, "no line was read");
    if (!marked) {
      from.mark(readOnly);
    }
    begin = null;
    marked = false;
    return from;
  }

  /** Lets the stream send the line. */
  void release() {
    BufferIterator from = begin;
    if (marked && from != null && from.isValid()) {
      from.unmark();
    }
    begin = null;
    marked = false;
    line.setLength(0);
  }
}
