package dev.tiaki.dissector.smtp;

import dev.tiaki.engine.buffer.BufferIterator;
import dev.tiaki.engine.buffer.SubBuffer;
import dev.tiaki.engine.buffer.VirtualBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a mail that rules edited one mail. A line with a single dot that an edit brought about
 * would end it early, and have the server read the rest as commands: such a dot is doubled, as
 * clients do it (RFC 5321 section 4.5.2). A mail that nobody edited leaves as it came.
 */
final class MailGuard {
  private static final int TAIL_BYTES = 3; // no more can belong to an ending line

  private final MailEnd end = new MailEnd();
  private boolean edited;

  /**
   * Takes the next bytes that are on their way to the server.
   *
   * @param modified whether the mail was edited in them or before
   */
  void pass(SubBuffer out, boolean modified) {
    edited |= modified;
    if (edited) {
      doubleDots(out);
    } else {
      follow(out);
    }
  }

  /**
   * Tells whether the ending line, put behind what passed, would not stand in a line of its own.
   */
  boolean lacksLineEnd() {
    return edited && !end.isAtLineStart();
  }

  private void follow(SubBuffer out) {
    long size = out.size();
    if (size >= TAIL_BYTES) {
      end.beginInLine();
    }
    BufferIterator at = out.position(Math.max(0, size - TAIL_BYTES));
    for (long left = Math.min(size, TAIL_BYTES); left > 0; left--) {
      end.take(at.read());
    }
  }

  private void doubleDots(SubBuffer out) {
    BufferIterator at = out.position(0);
    @Nullable BufferIterator dot = null;
    for (long left = out.size(); left > 0; left--) {
      BufferIterator before = end.isAtLineStart() ? at.copy() : null;
      boolean ends = end.take(at.read());
      dot = before != null && end.isOpen() ? before : dot;
      if (ends && dot != null) {
        dot.insert(dot());
      }
    }
    if (end.isOpen() && dot != null) {
      dot.insert(dot()); // what comes next may make it a line of its own
      end.beginInLine();
    }
  }

  private static VirtualBuffer dot() {
    return VirtualBuffer.of(new byte[] {'.'});
  }
}
