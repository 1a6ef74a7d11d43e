package dev.tiaki.dissector.smtp;

import dev.tiaki.engine.buffer.BufferIterator;
import org.jspecify.annotations.Nullable;

/** Reads what the client sends: command lines, mails, and answers to AUTH. */
final class CommandReader {
  enum Mode {
    COMMAND,
    /** An answer to a challenge of AUTH, which is no command (RFC 4954 section 4). */
    AUTHENTICATION,
    MAIL,
    CHUNK,
    /** TLS, or what cannot be read. */
    UNREAD
  }

  private final SmtpFlow smtp;
  private final LineReader line;
  private final MailEnd end = new MailEnd();
  private Mode mode = Mode.COMMAND;
  private long chunkLeft;
  private @Nullable HeldChunk heldChunk;
  private boolean lastChunk;
  private @Nullable BufferIterator dot;

  CommandReader(SmtpFlow smtp) {
    this.smtp = smtp;
    this.line = new LineReader(smtp.settings().maxLineBytes(), smtp.isReadOnly());
  }

  void enter(Mode next) {
    mode = next;
    if (next == Mode.MAIL) {
      end.begin();
    }
  }

  boolean isIn(Mode wanted) {
    return mode == wanted;
  }

  /** Reads what begins at {@code at}; {@code last} when the stream has finished. */
  void read(BufferIterator at, boolean last) {
    readOn(at);
    if (last) {
      line.release();
      cutMail(at);
      releaseChunk(at);
    }
  }

  private void readOn(BufferIterator at) {
    while (!smtp.isOver() && mode != Mode.UNREAD && at.available(1) > 0) {
      switch (mode) {
        case COMMAND, AUTHENTICATION -> readLine(at);
        case MAIL -> readMail(at);
        case CHUNK -> readChunk(at);
        case UNREAD -> throw new IllegalStateException("unread");
      }
    }
  }

  private void readLine(BufferIterator at) {
    String text = line.read(at);
    if (text == null) {
      if (line.isTooLong()) {
        smtp.failed("smtp: command line that is too long");
      }
      return;
    }
    if (mode == Mode.COMMAND && !text.isEmpty()) {
      command(SmtpCommand.of(text), at);
    }
    line.release();
  }

  private void command(SmtpCommand command, BufferIterator at) {
    if (command.verb().equals("DATA")) {
      enter(Mode.MAIL);
    }
    smtp.commandRead(command);
    if (command.verb().equals("BDAT") && mode == Mode.COMMAND && !smtp.isOver()) {
      beginChunk(ChunkCommand.of(command), at);
    }
  }

  private void beginChunk(@Nullable ChunkCommand command, BufferIterator at) {
    if (command == null) {
      smtp.failed("smtp: chunk size that is no number");
      return;
    }
    chunkLeft = command.size();
    lastChunk = command.last();
    if (smtp.resizes(command)) {
      heldChunk = new HeldChunk(command, line.keep(), at.copy());
    }
    enter(Mode.CHUNK);
    if (chunkLeft == 0) {
      endChunk(at);
    }
  }

  /** Tells whether the command of the chunk that is read has not left, so that its size is open. */
  boolean holdsChunk() {
    return heldChunk != null;
  }

  private void readChunk(BufferIterator at) {
    int count = (int) at.available(Math.min(chunkLeft, Integer.MAX_VALUE));
    smtp.mailPiece(at, count, false);
    chunkLeft -= count;
    if (chunkLeft == 0 && !smtp.isOver()) {
      endChunk(at);
    }
  }

  private void endChunk(BufferIterator at) {
    enter(Mode.COMMAND);
    if (lastChunk) {
      smtp.mailEnded(at, false);
    }
    if (!smtp.isOver()) {
      releaseChunk(at);
    }
  }

  private void releaseChunk(BufferIterator end) {
    HeldChunk held = heldChunk;
    heldChunk = null;
    if (held == null || smtp.isOver()) {
      return;
    }
    if (smtp.keepsMail()) {
      smtp.refuse(
          "smtp: a rule keeps data of a chunk beyond its end, while its size is to be announced");
    } else {
      held.release(end, chunkLeft);
    }
  }

  /** Gives out what cannot belong to the ending line; the beginning of one waits for the rest. */
  private void readMail(BufferIterator at) {
    BufferIterator look = at.copy();
    BufferIterator heldFrom = dot;
    if (heldFrom != null) {
      at.moveTo(heldFrom);
    }
    long heldBefore = heldFrom == null ? 0 : at.available() - look.available();
    long count = heldBefore;
    long sure = 0;
    boolean ended = false;
    for (int value = look.read(); value >= 0 && !ended; value = ended ? -1 : look.read()) {
      count++;
      ended = end.take(value);
      if (!ended && !end.isOpen()) {
        sure = count;
      }
    }
    letGo();
    deliver(at, sure);
    if (ended) {
      enter(Mode.COMMAND);
      if (!smtp.isOver()) {
        smtp.mailEnded(at, true);
        at.advance(count - sure);
      }
    } else if (count > sure && !smtp.isOver()) {
      hold(at, count - sure);
    }
  }

  /** The beginning of an ending line turns out to be the end of a mail that was cut. */
  private void cutMail(BufferIterator at) {
    BufferIterator heldFrom = dot;
    if (heldFrom != null && heldFrom.isValid()) {
      at.moveTo(heldFrom);
    }
    letGo();
    if (mode == Mode.MAIL && !smtp.isOver()) {
      deliver(at, at.available());
    }
    smtp.mailCut();
  }

  private void deliver(BufferIterator at, long count) {
    if (count > 0) {
      smtp.mailPiece(at, (int) count, true);
    }
  }

  private void hold(BufferIterator at, long count) {
    BufferIterator from = at.copy();
    at.advance(count);
    from.mark(smtp.isReadOnly());
    dot = from;
  }

  private void letGo() {
    BufferIterator from = dot;
    if (from != null) {
      if (from.isValid()) {
        from.unmark();
      }
      dot = null;
    }
  }
}
