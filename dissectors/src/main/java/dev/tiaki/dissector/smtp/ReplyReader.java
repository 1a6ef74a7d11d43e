package dev.tiaki.dissector.smtp;

import dev.tiaki.engine.buffer.BufferIterator;
import java.util.ArrayList;
import java.util.List;

/** Reads what the server sends: replies of one or more lines. */
final class ReplyReader {
  private static final int CODE_DIGITS = 3;

  private final SmtpFlow smtp;
  private final LineReader line;
  private final List<String> lines = new ArrayList<>(1);
  private boolean stopped;

  ReplyReader(SmtpFlow smtp) {
    this.smtp = smtp;
    this.line = new LineReader(smtp.settings().maxLineBytes(), smtp.isReadOnly());
  }

  void stop() {
    stopped = true;
  }

  /** Reads what begins at {@code at}; {@code last} when the stream has finished. */
  void read(BufferIterator at, boolean last) {
    readOn(at);
    if (last) {
      line.release();
    }
  }

  private void readOn(BufferIterator at) {
    while (!smtp.isOver() && !stopped && at.available(1) > 0) {
      String text = line.read(at);
      if (text == null) {
        if (line.isTooLong()) {
          smtp.failed("smtp: reply line that is too long");
        }
        return;
      }
      take(text);
      line.release();
    }
  }

  private void take(String text) {
    int code = code(text);
    if (code < 0) {
      smtp.failed("smtp: reply without a code");
      return;
    }
    lines.add(text.length() > CODE_DIGITS ? text.substring(CODE_DIGITS + 1) : "");
    boolean more = text.length() > CODE_DIGITS && text.charAt(CODE_DIGITS) == '-';
    if (!more) {
      List<String> complete = List.copyOf(lines);
      lines.clear();
      smtp.replyRead(code, complete);
    } else if (lines.size() >= smtp.settings().maxReplyLines()) {
      smtp.failed("smtp: reply with too many lines");
    }
  }

  private static int code(String text) {
    if (text.length() < CODE_DIGITS) {
      return -1;
    }
    int code = 0;
    for (int i = 0; i < CODE_DIGITS; i++) {
      char digit = text.charAt(i);
      if (digit < '0' || digit > '9') {
        return -1;
      }
      code = code * 10 + digit - '0';
    }
    boolean separated =
        text.length() == CODE_DIGITS
            || text.charAt(CODE_DIGITS) == ' '
            || text.charAt(CODE_DIGITS) == '-';
    return separated ? code : -1;
  }
}
