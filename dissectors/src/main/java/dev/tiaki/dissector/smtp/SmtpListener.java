package dev.tiaki.dissector.smtp;

import dev.tiaki.engine.buffer.BufferIterator;

/** What can be listened to in SMTP. */
public sealed interface SmtpListener {
  /** Listens to commands. */
  @FunctionalInterface
  non-sealed interface OnCommand extends SmtpListener {
    /** A command line is complete, and has not left. */
    void command(SmtpFlow smtp, SmtpCommand command);
  }

  /** Listens to replies. */
  @FunctionalInterface
  non-sealed interface OnReply extends SmtpListener {
    /** The last line of a reply is complete, and has not left. */
    void reply(SmtpFlow smtp, SmtpReply reply);
  }

  /** Listens to mails. */
  @FunctionalInterface
  non-sealed interface OnMail extends SmtpListener {
    /**
     * A piece of a mail begins at {@code current}, or the mail has ended and {@code current} is at
     * its end. After {@code DATA} dots at the beginning of lines are still doubled (RFC 5321
     * section 4.5.2).
     */
    void mail(SmtpFlow smtp, SmtpMail mail, BufferIterator current);
  }

  /** Listens to connections that change to TLS. */
  @FunctionalInterface
  non-sealed interface OnStartTls extends SmtpListener {
    /** The server agreed to STARTTLS: the rest of the connection is TLS. */
    void startTls(SmtpFlow smtp);
  }
}
