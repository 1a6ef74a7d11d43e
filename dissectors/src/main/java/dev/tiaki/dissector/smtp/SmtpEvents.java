package dev.tiaki.dissector.smtp;

import dev.tiaki.engine.event.EventPoint;

/** The events of SMTP. One that nobody listens to costs nothing. */
public final class SmtpEvents {
  private final EventPoint<SmtpListener.OnCommand> command = new EventPoint<>("smtp:command");
  private final EventPoint<SmtpListener.OnReply> reply = new EventPoint<>("smtp:reply");
  private final EventPoint<SmtpListener.OnMail> mail = new EventPoint<>("smtp:mail_data");
  private final EventPoint<SmtpListener.OnStartTls> startTls = new EventPoint<>("smtp:starttls");

  SmtpEvents() {}

  /** A command is complete. */
  public EventPoint<SmtpListener.OnCommand> command() {
    return command;
  }

  /** A reply is complete. */
  public EventPoint<SmtpListener.OnReply> reply() {
    return reply;
  }

  /** A piece of a mail, or its end. */
  public EventPoint<SmtpListener.OnMail> mail() {
    return mail;
  }

  /** The rest of the connection is TLS. */
  public EventPoint<SmtpListener.OnStartTls> startTls() {
    return startTls;
  }
}
