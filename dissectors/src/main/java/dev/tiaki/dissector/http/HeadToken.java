package dev.tiaki.dissector.http;

/**
 * The parts of a message head in the terms of Haka's grammar of HTTP, which its error messages
 * name: the rule, the place in the rule and the pattern.
 */
enum HeadToken {
  LEADING_LINES("request_line", 1, ""),
  METHOD("request_line", 1, "[^()<>@,;:%\\\"/%[%]?={}[:blank:]]+"),
  BEFORE_URI("request_line", 2, Patterns.BLANKS),
  URI("request_line", 3, "[[:alnum:][:punct:]]+"),
  BEFORE_REQUEST_VERSION("request_line", 4, Patterns.BLANKS),
  REQUEST_HTTP("version", 1, Patterns.HTTP),
  REQUEST_VERSION("version", 2, Patterns.VERSION),
  REQUEST_LINE_END("request_line", 6, Patterns.LINE_END),
  RESPONSE_HTTP("version", 1, Patterns.HTTP),
  RESPONSE_VERSION("version", 2, Patterns.VERSION),
  BEFORE_STATUS("response_line", 2, Patterns.BLANKS),
  STATUS("status", 1, "[0-9]{3}"),
  BEFORE_REASON("response_line", 4, Patterns.BLANKS),
  REASON("response_line", 5, Patterns.TEXT),
  RESPONSE_LINE_END("response_line", 6, Patterns.LINE_END),
  NEXT_HEADER("header", 1, Patterns.NAME),
  NAME("header", 1, Patterns.NAME),
  COLON("header", 2, ":"),
  BEFORE_VALUE("header", 3, Patterns.BLANKS),
  VALUE("header", 4, Patterns.TEXT),
  HEADER_END("header", 5, Patterns.LINE_END),
  HEAD_END("headers", 2, Patterns.LINE_END),
  COMPLETE("headers", 2, "");

  private final String rule;
  private final int field;
  private final String pattern;

  HeadToken(String rule, int field, String pattern) {
    this.rule = rule;
    this.field = field;
    this.pattern = pattern;
  }

  /** Returns the error that nothing of this kind stands at {@code position} in the stream. */
  SyntaxError missing(long position) {
    return new SyntaxError(position, field, rule, "token /" + pattern + "/ doesn't match");
  }

  /** The pattern that a rule's new value of this part must match. */
  String pattern() {
    return pattern;
  }

  private static final class Patterns {
    static final String BLANKS = "[[:blank:]]+";
    static final String LINE_END = "[%r]?%n";
    static final String HTTP = "HTTP/";
    static final String VERSION = "[0-9]+%.[0-9]+";
    static final String TEXT = "[^%r%n]+";
    static final String NAME = "[^:[:blank:]]+";
  }
}
