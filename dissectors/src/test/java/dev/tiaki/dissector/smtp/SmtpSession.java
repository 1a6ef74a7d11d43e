package dev.tiaki.dissector.smtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.dissector.tcpconnection.Delivered;
import dev.tiaki.dissector.tcpconnection.TcpConnectionSettings;
import dev.tiaki.dissector.tcpconnection.TcpFixture;
import dev.tiaki.dissector.tcpconnection.TcpFlow;
import dev.tiaki.engine.alert.Alert;
import dev.tiaki.engine.buffer.SubBuffer;
import dev.tiaki.engine.flow.Direction;
import dev.tiaki.engine.worker.EngineMode;
import dev.tiaki.traffic.Conversation;
import java.util.ArrayList;
import java.util.List;

/** A worker that reads one connection as SMTP and writes down what listeners are told. */
final class SmtpSession {
  final TcpFixture tcp = new TcpFixture(EngineMode.ENFORCE, TcpConnectionSettings.DEFAULTS);
  final SmtpDissector smtp = new SmtpDissector(tcp.context, tcp.connections, SmtpSettings.DEFAULTS);
  final List<String> events = new ArrayList<>();

  private SmtpSession() {
    tcp.connections.applications().expect(SmtpDissector.PORT, SmtpDissector.NAME);
  }

  /** Makes a worker whose first listener is {@code edit}; what it leaves is written down. */
  static SmtpSession editing(SmtpListener.OnMail edit) {
    SmtpSession session = new SmtpSession();
    session.smtp.events().mail().add(edit);
    session.record();
    return session;
  }

  /** Makes a worker that only writes down. */
  static SmtpSession reading() {
    SmtpSession session = new SmtpSession();
    session.record();
    return session;
  }

  private void record() {
    smtp.events()
        .command()
        .add((flow, command) -> events.add(command.verb() + "(" + command.argument() + ")"));
    smtp.events().reply().add((flow, reply) -> events.add(text(reply)));
    smtp.events().startTls().add(flow -> events.add("tls"));
    smtp.events()
        .mail()
        .add((flow, mail, current) -> {
          StringBuilder text = new StringBuilder();
          if (mail.scriptData() instanceof StringBuilder known) {
            text = known;
          }
          mail.setScriptData(text);
          SubBuffer piece = current.peekAvailable();
          text.append(piece == null ? "" : new String(piece.toByteArray(), ISO_8859_1));
          if (mail.stream().isFinished()) {
            events.add("mail " + text);
          }
        });
  }

  private static String text(SmtpReply reply) {
    SmtpCommand command = reply.command();
    String answered = command == null ? "" : " to " + command.verb();
    return reply.code() + " " + String.join("|", reply.lines()) + answered;
  }

  static Conversation conversation() {
    return Conversation.between("10.0.0.1:40000", "10.0.0.2:25").handshake();
  }

  List<String> see(Conversation conversation) {
    tcp.feed(conversation.frames());
    return events;
  }

  String delivered(Direction direction) {
    return new String(Delivered.stream(tcp.sent, direction), ISO_8859_1);
  }

  TcpFlow onlyConnection() {
    assertThat(tcp.connections.connections()).isOne();
    return tcp.connections.connectionList().getFirst();
  }

  List<String> alerts() {
    return tcp.alerts.stream().map(Alert::description).toList();
  }
}
