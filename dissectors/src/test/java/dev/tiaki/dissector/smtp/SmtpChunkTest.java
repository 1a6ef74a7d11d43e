package dev.tiaki.dissector.smtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.engine.buffer.BufferIterator;
import dev.tiaki.engine.buffer.SubBuffer;
import dev.tiaki.engine.buffer.VirtualBuffer;
import dev.tiaki.engine.flow.Direction;
import dev.tiaki.traffic.Conversation;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Chunks whose size a rule may change: the server is told the size that it gets. */
class SmtpChunkTest {
  private static final String HERE = "here";
  private static final String THERE = "somewhere else";

  private static SmtpSession resizing(SmtpListener.OnMail edit) {
    SmtpSession session = SmtpSession.editing(edit);
    session
        .smtp
        .events()
        .command()
        .add((flow, command) -> {
          if (command.verb().equals("BDAT")) {
            flow.enableDataModification();
          }
        });
    return session;
  }

  private static void replace(SmtpFlow flow, SmtpMail mail, BufferIterator current) {
    SubBuffer piece = current.peekAvailable();
    long at = piece == null ? -1 : piece.indexOf(HERE.getBytes(ISO_8859_1), 0);
    if (piece != null && at >= 0) {
      piece.sub(at, HERE.length()).replace(VirtualBuffer.of(THERE.getBytes(ISO_8859_1)));
    }
  }

  private static void appendAtEnd(SmtpFlow flow, SmtpMail mail, BufferIterator current) {
    if (mail.stream().isFinished()) {
      current.copy().insert(VirtualBuffer.of("!".getBytes(ISO_8859_1)));
    }
  }

  private static String sent(SmtpSession session, Conversation conversation) {
    session.see(conversation);
    assertThat(session.alerts()).isEmpty();
    return session.delivered(Direction.UP);
  }

  private static Conversation talk() {
    return SmtpSession.conversation();
  }

  @Test
  void the_command_says_how_long_the_edited_chunk_is() {
    assertThat(
            sent(resizing(SmtpChunkTest::replace), talk().up("BDAT 4 LAST\r\nhereQUIT\r\n").fin()))
        .isEqualTo("BDAT 14 LAST\r\nsomewhere elseQUIT\r\n");
    assertThat(
            sent(
                resizing((flow, mail, current) -> current.copy().subAll(false).erase()),
                talk().up("bdat  0012 last\r\nhello").up(" world\nQUIT\r\n")))
        .isEqualTo("bdat  0 last\r\nQUIT\r\n");
  }

  @Test
  void a_chunk_that_nobody_edits_leaves_as_it_came() {
    String chunks = "BDAT 007\r\n1234567BDAT 3 LAST\r\nabcQUIT\r\n";
    assertThat(sent(resizing(SmtpChunkTest::replace), talk().up(chunks))).isEqualTo(chunks);
  }

  @Test
  void however_the_chunks_are_cut() {
    String wire = "BDAT 6\r\na hereBDAT 0\r\nBDAT 7 LAST\r\n1234567NOOP\r\n";
    Random random = new Random(9);
    for (int round = 0; round < 200; round++) {
      Conversation cut = talk();
      for (int at = 0; at < wire.length(); ) {
        int end = Math.min(wire.length(), at + 1 + random.nextInt(9));
        cut = cut.up(wire.substring(at, end));
        at = end;
      }
      assertThat(sent(resizing(SmtpChunkTest::appendAtEnd), cut))
          .isEqualTo("BDAT 6\r\na hereBDAT 0\r\nBDAT 8 LAST\r\n1234567!NOOP\r\n");
    }
  }

  @Test
  void what_is_inserted_at_the_end_of_an_empty_last_chunk_makes_it_a_chunk() {
    Conversation talk = talk().up("BDAT 2\r\nhi").down("250 ok\r\n").up("BDAT 0 LAST\r\nQUIT\r\n");
    assertThat(sent(resizing(SmtpChunkTest::appendAtEnd), talk))
        .isEqualTo("BDAT 2\r\nhiBDAT 1 LAST\r\n!QUIT\r\n");
  }

  @Test
  void what_is_missing_of_a_chunk_that_is_cut_stays_announced() {
    assertThat(sent(resizing(SmtpChunkTest::replace), talk().up("BDAT 9 LAST\r\nhere").fin()))
        .isEqualTo("BDAT 19 LAST\r\nsomewhere else");
  }

  @Test
  void the_size_of_a_chunk_that_is_too_long_to_be_kept_has_to_stay() {
    SmtpSession session = resizing(SmtpChunkTest::replace);
    session.see(talk().up("BDAT 1048577 LAST\r\n").up("here"));
    assertThat(session.alerts())
        .singleElement()
        .asString()
        .startsWith("smtp: edited chunk of another size")
        .endsWith("up to 1048576 bytes");
    assertThat(session.delivered(Direction.UP)).isEqualTo("BDAT 1048577 LAST\r\n");
  }

  @Test
  void a_chunk_of_open_size_may_not_be_kept_beyond_its_end() {
    SmtpSession session =
        resizing((flow, mail, current) -> {
          if (current.available(1) > 0) {
            current.copy().mark(false);
          }
        });
    session.see(talk().up("BDAT 4 LAST\r\nhereQUIT\r\n"));
    assertThat(session.alerts())
        .containsExactly(
            "smtp: a rule keeps data of a chunk beyond its end, while its size is to be announced");
    assertThat(session.delivered(Direction.UP)).isEmpty();
  }
}
