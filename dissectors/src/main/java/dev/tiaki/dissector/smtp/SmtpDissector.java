package dev.tiaki.dissector.smtp;

import dev.tiaki.dissector.tcpconnection.StreamDissector;
import dev.tiaki.dissector.tcpconnection.TcpConnectionDissector;
import dev.tiaki.dissector.tcpconnection.TcpFlow;
import dev.tiaki.engine.alert.Alert;
import dev.tiaki.engine.alert.AlertContext;
import dev.tiaki.engine.worker.Counter;
import dev.tiaki.engine.worker.Counters;
import dev.tiaki.engine.worker.WorkerContext;
import java.util.List;

/** SMTP of one worker: reads connections that it is installed on. */
public final class SmtpDissector {
  /** The name of the dissector. */
  public static final String NAME = "smtp";

  /** The port whose connections are read when nothing else is said. */
  public static final int PORT = 25;

  private static final String TLS = "tls";

  private final WorkerContext context;
  private final TcpConnectionDissector connections;
  private final SmtpSettings settings;
  private final SmtpEvents events = new SmtpEvents();
  private final Counter commands;
  private final Counter replies;
  private final Counter mails;
  private final Counter unread;

  /** Makes the dissector of one worker, which rules can select on {@code connections}. */
  public SmtpDissector(
      WorkerContext context, TcpConnectionDissector connections, SmtpSettings settings) {
    this.context = context;
    this.connections = connections;
    this.settings = settings;
    Counters counters = context.counters();
    commands = counters.counter("smtp.commands", "SMTP commands");
    replies = counters.counter("smtp.replies", "SMTP replies");
    mails = counters.counter("smtp.mails", "mails");
    unread = counters.counter("smtp.unread", "SMTP connections that could not be read on");
    connections.applications().add(NAME, this::open);
  }

  /** Returns the events of SMTP. */
  public SmtpEvents events() {
    return events;
  }

  /** Returns what reads {@code flow} as SMTP once it is the protocol on top. */
  public SmtpFlow open(TcpFlow flow) {
    return new SmtpFlow(this, flow);
  }

  SmtpSettings settings() {
    return settings;
  }

  boolean isReadOnly() {
    return context.mode().readOnlyBuffers();
  }

  Counter commands() {
    return commands;
  }

  Counter replies() {
    return replies;
  }

  Counter mails() {
    return mails;
  }

  /** Has TLS read the rest of the connection, where it takes part. */
  void handOver(TcpFlow flow) {
    StreamDissector next = connections.applications().open(TLS, flow);
    if (next != null) {
      flow.setNextDissector(next);
    }
  }

  void refuse(TcpFlow flow, String description) {
    unread.increment();
    AlertContext.FlowAddresses ends =
        new AlertContext.FlowAddresses(
            flow.sourceAddress().toString(),
            flow.sourcePort(),
            flow.destinationAddress().toString(),
            flow.destinationPort(),
            "TCP");
    context
        .alerts()
        .post(
            Alert.ofProtocol(
                context.alertIds().next(),
                context.time().nanos(),
                description,
                List.of(),
                List.of(),
                new AlertContext(0, flow.id(), null, null, ends)));
    if (context.mode().enforcing() || context.mode().hakaCompatible()) {
      flow.drop();
    }
  }
}
