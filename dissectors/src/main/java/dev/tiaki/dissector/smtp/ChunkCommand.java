package dev.tiaki.dissector.smtp;

import org.jspecify.annotations.Nullable;

/**
 * A command that announces a chunk of a mail (RFC 3030 section 2).
 *
 * @param size how many octets follow the line, 0 to 2^63 - 1
 * @param sizeAt where its digits begin in the line
 * @param sizeDigits how many digits it has
 * @param last whether the mail ends with the chunk
 */
record ChunkCommand(long size, int sizeAt, int sizeDigits, boolean last) {
  /** Reads a command; null when its size is no number, or one that nobody can send. */
  static @Nullable ChunkCommand of(SmtpCommand command) {
    String argument = command.argument();
    String[] words = argument.strip().split(" +", 2);
    long size;
    try {
      size = Long.parseUnsignedLong(words[0]);
    } catch (NumberFormatException e) {
      return null;
    }
    int sizeAt = command.verb().length() + 1 + argument.indexOf(words[0]);
    boolean last = words.length > 1 && words[1].equalsIgnoreCase("LAST");
    return size < 0 ? null : new ChunkCommand(size, sizeAt, words[0].length(), last);
  }
}
