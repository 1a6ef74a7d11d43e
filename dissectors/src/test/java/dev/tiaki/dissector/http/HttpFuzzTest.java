package dev.tiaki.dissector.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.engine.buffer.SubBuffer;
import dev.tiaki.engine.buffer.VirtualBuffer;
import dev.tiaki.engine.flow.Direction;
import dev.tiaki.engine.worker.EngineMode;
import dev.tiaki.traffic.Conversation;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Messages with random damage: nothing breaks, and what passes is what was sent. A longer run:
 * {@code -Dfuzz.http.rounds=10000000 -Dtest=HttpFuzzTest}.
 */
class HttpFuzzTest {
  private static final int ROUNDS = Integer.getInteger("fuzz.http.rounds", 4000);
  private static final long SEED = Long.getLong("fuzz.http.seed", 20_261_121);
  private static final String UP =
      "GET /a HTTP/1.1\r\nHost: x\r\nLong: a,\r\n b\r\n\r\n"
          + "POST /b HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\nabcde\r\n0\r\nT: 1\r\n\r\n"
          + "HEAD /c HTTP/1.0\r\nConnection: keep-alive\r\n\r\n";
  private static final String DOWN =
      "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"
          + "HTTP/1.1 100 Continue\r\n\r\n"
          + "HTTP/1.1 404 Not Found\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
          + "HTTP/1.0 200 OK\r\nContent-Length: 7\r\n\r\n";
  private static final List<String> WORDS =
      List.of(
          "\r\n",
          "\r\n\r\n",
          "Content-Length: 0\r\n",
          "Transfer-Encoding: chunked\r\n",
          "HTTP/1.1",
          "ffffffffffffffff\r\n",
          "0\r\n\r\n",
          "CONNECT x HTTP/1.1\r\n\r\n",
          "\u0000",
          "Upgrade: x\r\n",
          " ",
          ":");

  @Test
  void damaged_messages_break_nothing() {
    Random random = new Random(SEED);
    for (int round = 0; round < ROUNDS; round++) {
      String up = damage(UP, random);
      String down = damage(DOWN, random);
      HttpFixture fixture = fixture(random, random.nextBoolean());
      fixture.see(conversation(up, down, random));
      fixture.tcp.finish();
      assertThat(fixture.tcp.connections.connections()).as("round %d", round).isZero();
    }
  }

  @Test
  void without_edits_only_what_was_sent_passes() {
    Random random = new Random(SEED + 1);
    for (int round = 0; round < ROUNDS / 4; round++) {
      String up = damage(UP, random);
      String down = damage(DOWN, random);
      HttpFixture fixture = fixture(random, false);
      fixture.see(conversation(up, down, random));
      assertThat(up).as("round %d", round).startsWith(fixture.delivered(Direction.UP));
      assertThat(down).as("round %d", round).startsWith(fixture.delivered(Direction.DOWN));
    }
  }

  private static HttpFixture fixture(Random random, boolean edits) {
    HttpFixture fixture =
        new HttpFixture(EngineMode.ENFORCE, new HttpSettings(2000, 8, 4, 1 << 20, 10)).record();
    if (random.nextBoolean()) {
      fixture.http.events().anomaly().add((http, anomaly, direction) -> {});
    }
    if (edits) {
      fixture
          .http
          .events()
          .request()
          .add((http, request) -> {
            request.headers().set("X".getBytes(ISO_8859_1), "y".getBytes(ISO_8859_1));
            http.enableDataModification();
          });
      fixture.http.events().response().add((http, response) -> http.enableDataModification());
      fixture
          .http
          .events()
          .receiveData()
          .add((http, body, current, direction) -> {
            SubBuffer piece = current.peekAvailable();
            if (piece != null && random.nextBoolean()) {
              piece.replace(VirtualBuffer.of(new byte[random.nextInt(5)]));
            }
          });
    }
    return fixture;
  }

  private static Conversation conversation(String up, String down, Random random) {
    Conversation conversation = HttpFixture.conversation();
    List<String> ups = HttpMessagesTest.cutRandomly(up, random);
    List<String> downs = HttpMessagesTest.cutRandomly(down, random);
    for (int i = 0; i < Math.max(ups.size(), downs.size()); i++) {
      if (i < ups.size()) {
        conversation.up(ups.get(i));
      }
      if (i < downs.size()) {
        conversation.down(downs.get(i));
      }
    }
    return random.nextBoolean() ? conversation.fin() : conversation;
  }

  private static String damage(String text, Random random) {
    StringBuilder damaged = new StringBuilder(text);
    for (int i = random.nextInt(4); i > 0; i--) {
      int at = random.nextInt(damaged.length());
      switch (random.nextInt(4)) {
        case 0 -> damaged.setCharAt(at, (char) random.nextInt(256));
        case 1 -> damaged.deleteCharAt(at);
        case 2 -> damaged.setLength(at + 1);
        default -> damaged.insert(at, WORDS.get(random.nextInt(WORDS.size())));
      }
    }
    return damaged.toString();
  }
}
