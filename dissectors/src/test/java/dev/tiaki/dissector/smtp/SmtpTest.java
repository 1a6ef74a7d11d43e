package dev.tiaki.dissector.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.dissector.tcpconnection.EndedProtocol;
import dev.tiaki.dissector.tcpconnection.TcpFlow;
import dev.tiaki.engine.flow.Direction;
import dev.tiaki.traffic.Conversation;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Commands, replies and mails as rules see them. */
class SmtpTest {
  @Test
  void a_mail_from_greeting_to_end() {
    assertThat(
            SmtpSession.reading()
                .see(
                    SmtpSession.conversation()
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
      SmtpSession session = SmtpSession.reading();
      Conversation cut = SmtpSession.conversation().up("DATA\r\n").down("354 go\r\n");
      String wire = data + ".\r\nNOOP\r\n";
      for (int at = 0; at < wire.length(); ) {
        int end = Math.min(wire.length(), at + 1 + random.nextInt(4));
        cut.up(wire.substring(at, end));
        at = end;
      }
      assertThat(session.see(cut))
          .as("round %d", round)
          .containsExactly("DATA()", "354 go to DATA", "mail " + data, "NOOP()");
      assertThat(session.delivered(Direction.UP)).isEqualTo("DATA\r\n" + wire);
    }
  }

  @Test
  void chunks_are_one_mail() {
    assertThat(
            SmtpSession.reading()
                .see(
                    SmtpSession.conversation()
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
    SmtpSession session = SmtpSession.reading();
    assertThat(
            session.see(
                SmtpSession.conversation()
                    .up("STARTTLS\r\n")
                    .down("220 go\r\n")
                    .up("\u0016\u0003\u0001 no line")
                    .down("\u0016\u0003\u0003")))
        .containsExactly("STARTTLS()", "220 go to STARTTLS", "tls");
    assertThat(session.delivered(Direction.UP)).endsWith("\u0016\u0003\u0001 no line");
    assertThat(session.delivered(Direction.DOWN)).endsWith("\u0016\u0003\u0003");
  }

  @Test
  void an_answer_to_a_challenge_is_no_command() {
    assertThat(
            SmtpSession.reading()
                .see(
                    SmtpSession.conversation()
                        .up("AUTH LOGIN\r\n")
                        .down("334 VXNlcg==\r\n")
                        .up("QUIT\r\n")
                        .down("235 ok\r\n")
                        .up("NOOP\r\n")))
        .containsExactly("AUTH(LOGIN)", "334 VXNlcg== to AUTH", "235 ok to AUTH", "NOOP()");
  }

  @Test
  void a_refused_mail_is_not_waited_for() {
    assertThat(
            SmtpSession.reading()
                .see(SmtpSession.conversation().up("DATA\r\n").down("503 no\r\n").up("QUIT\r\n")))
        .containsExactly("DATA()", "503 no to DATA", "QUIT()");
  }

  @Test
  void lines_without_end_and_replies_without_code_are_refused() {
    SmtpSession endless = SmtpSession.reading();
    endless.see(SmtpSession.conversation().up("x".repeat(1400)).up("x".repeat(1400).repeat(9)));
    assertThat(endless.alerts()).containsExactly("smtp: command line that is too long");
    SmtpSession other = SmtpSession.reading();
    other.see(SmtpSession.conversation().down("HTTP/1.1 200 OK\r\n"));
    assertThat(other.alerts()).containsExactly("smtp: reply without a code");
    assertThat(other.delivered(Direction.DOWN)).isEmpty();
  }

  @Test
  void replies_of_too_many_lines_and_commands_without_replies_are_refused() {
    SmtpSession talkative = SmtpSession.reading();
    talkative.see(SmtpSession.conversation().down("250-a\r\n".repeat(300)));
    assertThat(talkative.alerts()).containsExactly("smtp: reply with too many lines");
    SmtpSession hasty = SmtpSession.reading();
    hasty.see(SmtpSession.conversation().up("NOOP\r\n".repeat(2000)));
    assertThat(hasty.alerts()).containsExactly("smtp: too many commands without a reply");
    assertThat(hasty.events).hasSizeLessThanOrEqualTo(1000);
  }

  @Test
  void chunk_sizes_that_lie_are_refused() {
    for (String size : List.of("9223372036854775808", "-1", "x", "")) {
      SmtpSession session = SmtpSession.reading();
      session.see(SmtpSession.conversation().up("BDAT " + size + "\r\nabc"));
      assertThat(session.alerts()).as(size).containsExactly("smtp: chunk size that is no number");
    }
  }

  @Test
  void what_was_read_is_let_go_at_the_end() {
    SmtpSession session = SmtpSession.reading();
    Conversation talk = SmtpSession.conversation().up("DATA\r\n").down("354 go\r\n");
    session.see(talk.up("a mail that is cut").fin().up("sent again"));
    TcpFlow flow = session.onlyConnection();
    assertThat(flow.stateName()).isEqualTo("timed_wait");
    assertThat(flow.nextDissector()).isEqualTo(new EndedProtocol("smtp"));
    assertThat(session.events)
        .containsExactly("DATA()", "354 go to DATA", "mail a mail that is cut");
    assertThat(session.tcp.counters.value("smtp.mails")).isZero();
  }

  @Test
  void what_is_incomplete_when_its_sender_ends_leaves_with_the_end() {
    SmtpSession session = SmtpSession.reading();
    session.see(SmtpSession.conversation().down("220 m").up("QUI").fin());
    assertThat(session.delivered(Direction.DOWN)).isEqualTo("220 m");
    assertThat(session.delivered(Direction.UP)).isEqualTo("QUI");
    assertThat(session.onlyConnection().stateName()).isEqualTo("timed_wait");
    SmtpSession mail = SmtpSession.reading();
    mail.see(SmtpSession.conversation().up("DATA\r\n").down("354 go\r\n").up("hi\r\n.").fin());
    assertThat(mail.delivered(Direction.UP)).isEqualTo("DATA\r\nhi\r\n.");
    assertThat(mail.events).endsWith("mail hi\r\n.");
    assertThat(mail.onlyConnection().stateName()).isEqualTo("timed_wait");
  }

  @Test
  void a_reply_that_nobody_asked_for_answers_nothing() {
    SmtpSession session = SmtpSession.reading();
    assertThat(session.see(SmtpSession.conversation().down("220 mx\r\n421 busy\r\n").fin()))
        .containsExactly("220 mx", "421 busy");
    assertThat(session.alerts()).isEmpty();
  }

  @Test
  void a_thousand_pipelined_commands_get_their_replies_in_order() {
    SmtpSession session = SmtpSession.reading();
    session.see(
        SmtpSession.conversation()
            .up("RCPT TO:<a@b>\r\n".repeat(999))
            .down("250 ok\r\n".repeat(999))
            .fin());
    assertThat(session.events.subList(999, 1998)).containsOnly("250 ok to RCPT");
    assertThat(session.alerts()).isEmpty();
  }
}
