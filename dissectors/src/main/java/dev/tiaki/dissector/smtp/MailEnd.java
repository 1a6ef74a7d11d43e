package dev.tiaki.dissector.smtp;

/**
 * Finds the line with a single dot that ends a mail (RFC 5321 section 4.1.1.4), byte by byte. A
 * line feed alone ends a line too, as servers take it that are tricked by smuggled mails.
 */
final class MailEnd {
  private enum Place {
    LINE_START,
    AFTER_DOT,
    AFTER_DOT_RETURN,
    IN_LINE
  }

  private Place place = Place.LINE_START;

  void begin() {
    place = Place.LINE_START;
  }

  /** Goes on in the middle of a line. */
  void beginInLine() {
    place = Place.IN_LINE;
  }

  /** Tells whether the next byte is the first one of a line. */
  boolean isAtLineStart() {
    return place == Place.LINE_START;
  }

  /** Tells whether what came last may belong to the ending line, and nothing else. */
  boolean isOpen() {
    return place == Place.AFTER_DOT || place == Place.AFTER_DOT_RETURN;
  }

  /** Takes the next byte; true when it is the last one of the ending line. */
  boolean take(int value) {
    boolean ended = value == '\n' && (place == Place.AFTER_DOT || place == Place.AFTER_DOT_RETURN);
    place =
        switch (value) {
          case '\n' -> Place.LINE_START;
          case '.' -> place == Place.LINE_START ? Place.AFTER_DOT : Place.IN_LINE;
          case '\r' -> place == Place.AFTER_DOT ? Place.AFTER_DOT_RETURN : Place.IN_LINE;
          default -> Place.IN_LINE;
        };
    return ended;
  }
}
