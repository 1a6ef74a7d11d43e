package dev.tiaki.dissector.smtp;

/**
 * The bounds of one connection.
 *
 * @param maxLineBytes how long a command or a line of a reply may be
 * @param maxReplyLines how many lines a reply may have
 * @param maxWaitingCommands how many commands may wait for their reply
 */
public record SmtpSettings(int maxLineBytes, int maxReplyLines, int maxWaitingCommands) {
  /** 12 KiB (long enough for AUTH, RFC 4954 section 4), 256 lines, 1 000 commands. */
  public static final SmtpSettings DEFAULTS = new SmtpSettings(12 << 10, 256, 1000);
}
