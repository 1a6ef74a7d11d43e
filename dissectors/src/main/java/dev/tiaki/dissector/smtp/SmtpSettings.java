package dev.tiaki.dissector.smtp;

/**
 * The bounds of one connection.
 *
 * @param maxLineBytes how long a command or a line of a reply may be
 * @param maxReplyLines how many lines a reply may have
 * @param maxWaitingCommands how many commands may wait for their reply
 * @param maxResizedChunkBytes how long a chunk may be that is kept until it is complete, so that
 *     its size may change
 */
public record SmtpSettings(
    int maxLineBytes, int maxReplyLines, int maxWaitingCommands, int maxResizedChunkBytes) {
  /** 12 KiB (long enough for AUTH, RFC 4954 section 4), 256 lines, 1 000 commands, 1 MiB. */
  public static final SmtpSettings DEFAULTS = new SmtpSettings(12 << 10, 256, 1000, 1 << 20);
}
