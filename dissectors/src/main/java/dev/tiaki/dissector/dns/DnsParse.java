package dev.tiaki.dissector.dns;

/** What reading a message gives. */
public sealed interface DnsParse {
  /**
   * The message.
   *
   * @param message the message
   */
  record Parsed(DnsMessage message) implements DnsParse {}

  /**
   * There is none.
   *
   * @param fault what is wrong
   * @param offset where in the message, in octets; for a pointer, what it points to
   */
  record Malformed(DnsFault fault, int offset) implements DnsParse {}
}
