package dev.tiaki.lua.haka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.engine.worker.EngineMode;
import dev.tiaki.traffic.Conversation;
import org.junit.jupiter.api.Test;

/** Rules on commands, replies and mails. */
class SmtpRulesTest {
  private static Conversation conversation() {
    return Conversation.between("10.0.0.1:1234", "10.0.0.2:25").handshake();
  }

  @Test
  void commands_replies_and_mails() {
    RuleReplay replay =
        new RuleReplay()
            .rules(
                "local smtp = require('protocol/smtp')",
                "haka.rule{ on = smtp.events.command, eval = function (smtp, command)",
                "  print(smtp.srcip, command.command, command.parameter) end }",
                "haka.rule{ on = smtp.events.reply, eval = function (smtp, reply)",
                "  print(reply.code, reply.command, #reply.lines, reply.text) end }",
                "haka.rule{ on = smtp.events.mail_data, options = { streamed = true },",
                "  eval = function (smtp, iter) print(iter:sub('all'):asstring()) end }",
                "haka.rule{ on = smtp.events.starttls,",
                "  eval = function (smtp) print('tls', smtp.tls) end }");
    replay.receive(
        conversation()
            .up("MAIL FROM:<a>\r\nDATA\r\n")
            .down("250 ok\r\n354 go\r\n")
            .up("Subject: x\r\n.")
            .up("\r\nSTARTTLS\r\n")
            .down("250-queued\r\n250 as 7\r\n220 go\r\n")
            .frames());
    assertThat(replay.text())
        .isEqualTo(
            String.join(
                "\n",
                "10.0.0.1 MAIL FROM:<a>",
                "10.0.0.1 DATA ",
                "250 MAIL 1 ok",
                "354 DATA 1 go",
                "Subject: x\r",
                "",
                "10.0.0.1 STARTTLS ",
                "250 DATA 2 queued",
                "as 7",
                "220 STARTTLS 1 go",
                "tls true"));
  }

  private static RuleReplay appending(String text) {
    return new RuleReplay()
        .rules(
            "local smtp = require('protocol/smtp')",
            "haka.rule{ on = smtp.events.mail_data, options = { streamed = true },",
            "  eval = function (smtp, iter)",
            "    for _ in iter:foreach_available() do end",
            "    iter:insert(haka.vbuffer_from('" + text + "'))",
            "  end }");
  }

  @Test
  void what_is_inserted_when_the_last_piece_has_left_ends_the_mail() {
    RuleReplay replay = appending("-- \\r\\nchecked\\r\\n");
    replay.receive(
        conversation()
            .up("DATA\r\n")
            .down("354 go\r\n")
            .up("Subject: x\r\n")
            .up("\r\nhello\r\n")
            .up(".\r\nNOOP\r\n")
            .down("250 queued\r\n")
            .frames());
    assertThat(replay.received(25))
        .isEqualTo("DATA\r\nSubject: x\r\n\r\nhello\r\n-- \r\nchecked\r\n.\r\nNOOP\r\n");
    assertThat(replay.alerts).isEmpty();
  }

  @Test
  void what_is_inserted_at_the_end_of_a_mail_ends_it_neither_early_nor_late() {
    for (String[] lastSegments :
        new String[][] {{"hi\r\n", ".\r\nQUIT\r\n"}, {"hi\r\n.", "\r\n", "QUIT\r\n"}}) {
      RuleReplay replay = appending(".\\r\\nMAIL FROM:<evil@x>");
      Conversation conversation = conversation().up("DATA\r\n").down("354 go\r\n");
      for (String segment : lastSegments) {
        conversation = conversation.up(segment);
      }
      replay.receive(conversation.frames());
      assertThat(replay.received(25))
          .isEqualTo("DATA\r\nhi\r\n..\r\nMAIL FROM:<evil@x>\r\n.\r\nQUIT\r\n");
    }
  }

  @Test
  void a_streamed_rule_sees_the_end_of_a_mail_that_is_cut_and_adds_nothing_to_it() {
    for (String cut : new String[] {"DATA\r\nhi\r\n.", "BDAT 9\r\nhi\r\n", "BDAT 2\r\nhi"}) {
      RuleReplay replay = appending(".\\r\\nMAIL FROM:<evil@x>");
      replay.rules(
          "haka.rule{ on = haka.dissectors.smtp.events.mail_data, options = { streamed = true },",
          "  eval = function (smtp, iter)",
          "    for _ in iter:foreach_available() do end",
          "    print('end')",
          "  end }");
      replay.receive(conversation().up(cut).fin().frames());
      assertThat(replay.text()).isEqualTo("end");
      assertThat(replay.received(25)).isEqualTo(cut);
      assertThat(replay.alerts).isEmpty();
    }
  }

  @Test
  void a_chunk_may_change_its_size_where_a_rule_says_so_at_its_command() {
    RuleReplay replay =
        appending("-- checked\\r\\n")
            .rules(
                "haka.rule{ on = haka.dissectors.smtp.events.command,",
                "  eval = function (smtp, command)",
                "    if command.command == 'BDAT' then smtp:enable_data_modification() end",
                "  end }");
    replay.receive(
        conversation()
            .up("BDAT 7\r\nhello\r\n")
            .down("250 ok\r\n")
            .up("BDAT 5 LAST\r\n")
            .up("bye\r\n")
            .up("QUIT\r\n")
            .frames());
    assertThat(replay.received(25))
        .isEqualTo("BDAT 7\r\nhello\r\nBDAT 17 LAST\r\nbye\r\n-- checked\r\nQUIT\r\n");
    assertThat(replay.alerts).isEmpty();
  }

  @Test
  void only_looking_changes_no_size() {
    RuleReplay replay =
        new RuleReplay(EngineMode.HAKA_PASS_THROUGH)
            .rules(
                "haka.rule{ on = require('protocol/smtp').events.command,",
                "  eval = function (smtp) print(pcall(smtp.enable_data_modification, smtp)) end }");
    replay.receive(conversation().up("BDAT 1 LAST\r\nx").frames());
    assertThat(replay.text()).isEqualTo("false read only buffer");
  }

  @Test
  void a_rule_drops_the_connection_at_a_command() {
    RuleReplay replay =
        new RuleReplay()
            .rules(
                "local smtp = require('protocol/smtp')",
                "haka.rule{ on = smtp.events.command, eval = function (smtp, command)",
                "  if command.command == 'VRFY' then smtp:drop() end end }");
    replay.receive(conversation().up("NOOP\r\n").up("VRFY root\r\n").frames());
    assertThat(replay.verdicts).endsWith("accept 4", "drop 5 RULE");
  }
}
