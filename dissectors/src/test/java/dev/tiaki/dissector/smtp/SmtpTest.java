package dev.tiaki.dissector.smtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.dissector.tcpconnection.TcpConnectionSettings;
import dev.tiaki.dissector.tcpconnection.TcpFixture;
import dev.tiaki.engine.alert.Alert;
import dev.tiaki.engine.buffer.SubBuffer;
import dev.tiaki.engine.worker.EngineMode;
import dev.tiaki.traffic.Conversation;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Commands, replies and mails as rules see them. */
class SmtpTest {
  private final TcpFixture tcp = new TcpFixture(EngineMode.ENFORCE, TcpConnectionSettings.DEFAULTS);
  private final List<String> events = new ArrayList<>();

  private SmtpTest reading() {
    SmtpDissector smtp = new SmtpDissector(tcp.context, tcp.connections, SmtpSettings.DEFAULTS);
    tcp.connections.applications().expect(SmtpDissector.PORT, SmtpDissector.NAME);
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
    return this;
  }

  private static String text(SmtpReply reply) {
    SmtpCommand command = reply.command();
    String answered = command == null ? "" : " to " + command.verb();
    return reply.code() + " " + String.join("|", reply.lines()) + answered;
  }

  private static Conversation conversation() {
    return Conversation.between("10.0.0.1:40000", "10.0.0.2:25").handshake();
  }

  private List<String> see(Conversation conversation) {
    tcp.feed(conversation.frames());
    return events;
  }

  private int delivered() {
    int bytes = 0;
    for (byte[] frame : tcp.sent) {
      bytes += frame.length - 34 - ((frame[46] & 0xf0) >> 2);
    }
    return bytes;
  }

  @Test
  void a_mail_from_greeting_to_end() {
    assertThat(
            reading()
                .see(
                    conversation()
                        .down("220 mx\r\n")
                        .up("EHLO me\r\n")
                        .down("250-mx\r\n250-PIPELINING\r\n250 SIZE 1000\r\n")
                        .up("MAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nDATA\r\n")
                        .down("250 ok\r\n250 ok\r\n354 go\r\n")
                        .up("Subject: x\r\n\r\n..dot\r\n.\r\nQUIT\r\n")
                        .down("250 queued\r\n221 bye\r\n")))
        .containsExactly(
            "220 mx",
            "EHLO(me)",
            "250 mx|PIPELINING|SIZE 1000 to EHLO",
            "MAIL(FROM:<a@b>)",
            "RCPT(TO:<c@d>)",
            "DATA()",
            "250 ok to MAIL",
            "250 ok to RCPT",
            "354 go to DATA",
            "mail Subject: x\r\n\r\n..dot\r\n",
            "QUIT()",
            "250 queued to DATA",
            "221 bye to QUIT");
  }

  @Test
  void however_the_mail_is_cut() {
    String data = "a\r\n.b\r\n..\r\n.\r.c\r\n";
    Random random = new Random(5);
    for (int round = 0; round < 200; round++) {
      SmtpTest test = new SmtpTest().reading();
      Conversation cut = conversation().up("DATA\r\n").down("354 go\r\n");
      String wire = data + ".\r\nNOOP\r\n";
      for (int at = 0; at < wire.length(); ) {
        int end = Math.min(wire.length(), at + 1 + random.nextInt(4));
        cut.up(wire.substring(at, end));
        at = end;
      }
      assertThat(test.see(cut))
          .as("round %d", round)
          .containsExactly("DATA()", "354 go to DATA", "mail " + data, "NOOP()");
      assertThat(test.delivered()).isEqualTo("DATA\r\n354 go\r\n".length() + wire.length());
    }
  }

  @Test
  void chunks_are_one_mail() {
    assertThat(
            reading()
                .see(
                    conversation()
                        .up("BDAT 5\r\nab\r\n.")
                        .down("250 ok\r\n")
                        .up("BDAT 3 LAST\r\ncde")
                        .down("250 ok\r\n")
                        .up("QUIT\r\n")))
        .containsExactly(
            "BDAT(5)",
            "250 ok to BDAT",
            "BDAT(3 LAST)",
            "mail ab\r\n.cde",
            "250 ok to BDAT",
            "QUIT()");
  }

  @Test
  void after_starttls_nothing_is_smtp() {
    assertThat(
            reading()
                .see(
                    conversation()
                        .up("STARTTLS\r\n")
                        .down("220 go\r\n")
                        .up("\u0016\u0003\u0001 no line")
                        .down("\u0016\u0003\u0003")))
        .containsExactly("STARTTLS()", "220 go to STARTTLS", "tls");
    assertThat(delivered()).isEqualTo(10 + 8 + 11 + 3);
  }

  @Test
  void an_answer_to_a_challenge_is_no_command() {
    assertThat(
            reading()
                .see(
                    conversation()
                        .up("AUTH LOGIN\r\n")
                        .down("334 VXNlcg==\r\n")
                        .up("QUIT\r\n")
                        .down("235 ok\r\n")
                        .up("NOOP\r\n")))
        .containsExactly("AUTH(LOGIN)", "334 VXNlcg== to AUTH", "235 ok to AUTH", "NOOP()");
  }

  @Test
  void a_refused_mail_is_not_waited_for() {
    assertThat(reading().see(conversation().up("DATA\r\n").down("503 no\r\n").up("QUIT\r\n")))
        .containsExactly("DATA()", "503 no to DATA", "QUIT()");
  }

  @Test
  void lines_without_end_and_replies_without_code_are_refused() {
    reading().see(conversation().up("x".repeat(1400)).up("x".repeat(1400).repeat(9)));
    assertThat(tcp.alerts)
        .extracting(Alert::description)
        .containsExactly("smtp: command line that is too long");
    SmtpTest other = new SmtpTest().reading();
    other.see(conversation().down("HTTP/1.1 200 OK\r\n"));
    assertThat(other.tcp.alerts)
        .extracting(Alert::description)
        .containsExactly("smtp: reply without a code");
    assertThat(other.delivered()).isZero();
  }
}
