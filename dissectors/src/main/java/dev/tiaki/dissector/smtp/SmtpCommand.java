package dev.tiaki.dissector.smtp;

import java.util.Locale;

/**
 * One command line (RFC 5321 section 4.1).
 *
 * @param verb the first word in upper case, such as {@code MAIL}
 * @param argument what stands behind it, without the blank between and the line end; may be empty
 */
public record SmtpCommand(String verb, String argument) {
  static SmtpCommand of(String line) {
    int blank = line.indexOf(' ');
    String verb = blank < 0 ? line : line.substring(0, blank);
    String argument = blank < 0 ? "" : line.substring(blank + 1);
    return new SmtpCommand(verb.toUpperCase(Locale.ROOT), argument);
  }
}
