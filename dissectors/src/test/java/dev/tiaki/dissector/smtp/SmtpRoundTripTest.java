package dev.tiaki.dissector.smtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.engine.buffer.BufferIterator;
import dev.tiaki.engine.buffer.SubBuffer;
import dev.tiaki.engine.buffer.VirtualBuffer;
import dev.tiaki.engine.flow.Direction;
import dev.tiaki.traffic.Conversation;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Random sessions: what nobody edits leaves as it came; behind an edit the server reads the edit,
 * and nothing else of the session is another. {@code -Dtiaki.seed=N} repeats a run.
 */
class SmtpRoundTripTest {
  private static final int ROUNDS = 400;
  private static final List<String> LINES =
      List.of("Subject: x\r\n", "\r\n", "..\r\n", "..dot\r\n", "a\r.b\r\n", "text\r\n");
  private static final List<String> EDITS =
      List.of("", "x", "\r\n.\r\n", "\n.\n", "..", ".\r\nMAIL FROM:<evil@x>\r\n", "\r\n", "more");
  private static final Pattern ENDING_DOT = Pattern.compile("(?<![^\\n])\\.(?=\\r?\\n)");
  private static final Pattern OPEN_DOT = Pattern.compile("(?<![^\\n])\\.\\r?$");

  private final long seed = Long.getLong("tiaki.seed", System.nanoTime());
  private final Random random = new Random(seed);

  /** What both ends send in turn, the mails in it, and which of them are in chunks. */
  private record Script(List<String> turns, List<String> mails, List<Boolean> chunked) {
    String sent(boolean up) {
      StringBuilder text = new StringBuilder();
      for (int turn = up ? 0 : 1; turn < turns.size(); turn += 2) {
        text.append(turns.get(turn));
      }
      return text.toString();
    }
  }

  private Script script() {
    List<String> turns = new ArrayList<>();
    List<String> mails = new ArrayList<>();
    List<Boolean> chunked = new ArrayList<>();
    turns.addAll(List.of("EHLO me\r\n", "250-mx\r\n250 CHUNKING\r\n"));
    for (int mail = 1 + random.nextInt(3); mail > 0; mail--) {
      turns.addAll(List.of("MAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\n", "250 ok\r\n250 ok\r\n"));
      mails.add(text());
      chunked.add(random.nextBoolean());
      turns.addAll(chunked.getLast() ? inChunks(mails.getLast()) : inLines(mails.getLast()));
    }
    turns.addAll(List.of("QUIT\r\n", "221 bye\r\n"));
    return new Script(turns, mails, chunked);
  }

  private static List<String> inLines(String mail) {
    return List.of("DATA\r\n", "354 go\r\n", mail + ".\r\nNOOP\r\n", "250 queued\r\n250 ok\r\n");
  }

  private List<String> inChunks(String mail) {
    StringBuilder up = new StringBuilder();
    StringBuilder down = new StringBuilder();
    for (int at = 0; down.isEmpty() || at < mail.length(); ) {
      int end = Math.min(mail.length(), at + random.nextInt(30));
      boolean last = end == mail.length();
      up.append("BDAT ").append(end - at).append(last ? " LAST\r\n" : "\r\n");
      up.append(mail, at, end);
      down.append("250 ok\r\n");
      at = last ? mail.length() : end;
    }
    return List.of(up.toString(), down.toString());
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int line = random.nextInt(6); line > 0; line--) {
      text.append(LINES.get(random.nextInt(LINES.size())));
    }
    return text.toString();
  }

  private Conversation cut(Script script) {
    Conversation conversation = SmtpSession.conversation();
    for (int turn = 0; turn < script.turns.size(); turn++) {
      String text = script.turns.get(turn);
      for (int at = 0; at < text.length(); ) {
        int end = Math.min(text.length(), at + 1 + random.nextInt(20));
        String piece = text.substring(at, end);
        conversation = turn % 2 == 0 ? conversation.up(piece) : conversation.down(piece);
        at = end;
      }
    }
    return conversation.fin();
  }

  /** What the events of an unedited session are, read from its text and nothing else. */
  private static List<String> eventsOf(String up, String down) {
    SmtpSession whole = SmtpSession.reading();
    return whole.see(SmtpSession.conversation().segmentBytes(30_000).up(up).down(down));
  }

  @Test
  void what_nobody_edits_leaves_as_it_came() {
    for (int round = 0; round < ROUNDS; round++) {
      Script script = script();
      SmtpSession session = SmtpSession.reading();
      session.see(cut(script));
      assertThat(session.delivered(Direction.UP)).as("seed %d", seed).isEqualTo(script.sent(true));
      assertThat(session.delivered(Direction.DOWN)).isEqualTo(script.sent(false));
      assertThat(mailsIn(session.events))
          .as("seed %d round %d", seed, round)
          .isEqualTo(script.mails);
    }
  }

  @Test
  void behind_an_edit_the_server_reads_the_edit_and_nothing_else() {
    for (int round = 0; round < ROUNDS; round++) {
      Script script = script();
      Edits edits = new Edits(script.chunked);
      SmtpSession session = SmtpSession.editing(edits::edit);
      session.smtp.events().command().add((flow, command) -> flow.enableDataModification());
      session.see(cut(script));
      List<String> expected = new ArrayList<>(eventsOf(script.sent(true), script.sent(false)));
      expected.replaceAll(
          event -> event.startsWith("mail ") ? "mail " + edits.finished.removeFirst() : event);
      expected.replaceAll(SmtpRoundTripTest::withoutSize);
      List<String> seen =
          new ArrayList<>(
              eventsOf(session.delivered(Direction.UP), session.delivered(Direction.DOWN)));
      seen.replaceAll(SmtpRoundTripTest::withoutSize);
      assertThat(seen).as("seed %d round %d", seed, round).isEqualTo(expected);
      assertThat(session.alerts()).isEmpty();
    }
  }

  private static String withoutSize(String event) {
    return event.replaceFirst("^BDAT\\(\\d+", "BDAT(#");
  }

  /**
   * Edits pieces and ends at random, and keeps a naive account of what the server is to receive.
   */
  private final class Edits {
    final List<String> finished = new ArrayList<>();
    private final List<Boolean> chunked;
    private String text = "";
    private boolean edited;

    Edits(List<Boolean> chunked) {
      this.chunked = chunked;
    }

    private boolean isInLines() {
      return !chunked.get(finished.size());
    }

    void edit(SmtpFlow flow, SmtpMail mail, BufferIterator current) {
      SubBuffer piece = current.peekAvailable();
      if (piece != null) {
        if (random.nextInt(3) == 0) {
          replaceSome(piece);
        }
        text += new String(current.copy().subAll(false).toByteArray(), ISO_8859_1);
        text = edited && isInLines() ? guarded(text) : text;
      }
      if (mail.stream().isFinished()) {
        append(current);
        boolean ends = text.isEmpty() || text.endsWith("\n") || !isInLines();
        finished.add(edited && !ends ? text + "\r\n" : text);
        text = "";
        edited = false;
      }
    }

    private void append(BufferIterator current) {
      String put = random.nextInt(3) == 0 ? EDITS.get(random.nextInt(EDITS.size())) : "";
      current.copy().insert(VirtualBuffer.of(put.getBytes(ISO_8859_1)));
      edited |= !put.isEmpty();
      text = edited && isInLines() ? guarded(text + put) : text + put;
    }

    private void replaceSome(SubBuffer piece) {
      int size = (int) piece.size();
      int from = random.nextInt(size + 1);
      int count = random.nextInt(size - from + 1);
      byte[] put = EDITS.get(random.nextInt(EDITS.size())).getBytes(ISO_8859_1);
      piece.sub(from, count).replace(VirtualBuffer.of(put));
      edited |= count > 0 || put.length > 0;
    }

    private String guarded(String mail) {
      String doubled = ENDING_DOT.matcher(mail).replaceAll("..");
      return OPEN_DOT.matcher(doubled).replaceAll(".$0");
    }
  }

  private static List<String> mailsIn(List<String> events) {
    return events.stream()
        .filter(event -> event.startsWith("mail "))
        .map(event -> event.substring(5))
        .toList();
  }

  @Test
  void bytes_of_chunks_may_change_and_their_number_may_not() {
    Conversation chunks =
        SmtpSession.conversation()
            .up("BDAT 8 LAST\r\n.\r\nQUIT\r")
            .down("250 ok\r\n")
            .up("NOOP\r\n");
    SmtpSession other =
        SmtpSession.editing((flow, mail, current) -> {
          SubBuffer piece = current.peekAvailable();
          if (piece != null) {
            piece.set(0, 'x');
          }
        });
    assertThat(other.see(chunks))
        .containsExactly("BDAT(8 LAST)", "mail x\r\nQUIT\r", "250 ok to BDAT", "NOOP()");
    SmtpSession longer =
        SmtpSession.editing((flow, mail, current) -> {
          SubBuffer piece = current.peekAvailable();
          if (piece != null) {
            piece.position(0).insert(VirtualBuffer.of(new byte[] {'x'}));
          }
        });
    longer.see(SmtpSession.conversation().up("BDAT 8 LAST\r\n").up("12345678").up("NOOP\r\n"));
    assertThat(longer.alerts())
        .containsExactly(
            "smtp: edited chunk of another size; its size may change after"
                + " enable_data_modification at its command, up to 1048576 bytes");
    assertThat(longer.delivered(Direction.UP)).isEqualTo("BDAT 8 LAST\r\n");
  }
}
