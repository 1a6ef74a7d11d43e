package dev.tiaki.dissector.smtp;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One reply, of one or more lines (RFC 5321 section 4.2).
 *
 * @param code the three digits, 0 to 999
 * @param lines the texts behind them
 * @param command the command that it answers, or null for the greeting
 */
public record SmtpReply(int code, List<String> lines, @Nullable SmtpCommand command) {
  /** Keeps its own copy of the lines. */
  public SmtpReply {
    lines = List.copyOf(lines);
  }

  boolean isPositive() {
    return code >= 200 && code < 300;
  }
}
