package dev.tiaki.dissector.http;

/**
 * What is wrong with a message, in the terms of Haka's grammar.
 *
 * @param position the number of bytes of the stream before the error
 * @param field the place in the rule, from 1
 * @param rule the rule of the grammar, such as {@code request_line}
 * @param reason why it does not match
 */
record SyntaxError(long position, int field, String rule, String reason) {
  @Override
  public String toString() {
    return "parse error at byte "
        + position
        + " for field "
        + field
        + " in "
        + rule
        + ": "
        + reason;
  }
}
