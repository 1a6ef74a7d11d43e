package dev.tiaki.dissector.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.engine.buffer.SubBuffer;
import dev.tiaki.engine.buffer.VirtualBuffer;
import dev.tiaki.engine.flow.Direction;
import dev.tiaki.traffic.Conversation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Random exchanges: what nobody edits leaves as it came; behind an edit the ends read the edit, and
 * nothing else is another. {@code -Dtiaki.seed=N} repeats a run.
 */
class HttpRoundTripTest {
  private static final int ROUNDS = 400;
  private static final List<String> HEADERS =
      List.of("Accept: */*", "X-Empty:", "x-a:  spaced ", "Cookie: a=b; c", "Long: a,\r\n\tb");

  private final long seed = Long.getLong("tiaki.seed", System.nanoTime());
  private final Random random = new Random(seed);

  /** What both ends send, in turn: a request, its response. */
  private List<String> exchanges() {
    List<String> turns = new ArrayList<>();
    for (int exchange = 1 + random.nextInt(4); exchange > 0; exchange--) {
      boolean asksForHead = random.nextInt(4) == 0;
      String method = asksForHead ? "HEAD" : random.nextBoolean() ? "GET" : "POST";
      turns.add(method + " /a/" + random.nextInt(1000) + "?b=c HTTP/1.1\r\n" + request(method));
      turns.add("HTTP/1.1 200 OK\r\n" + headers() + response(asksForHead));
    }
    return turns;
  }

  private String request(String method) {
    return headers() + (method.equals("POST") ? body() : "\r\n");
  }

  private String response(boolean asksForHead) {
    return asksForHead ? "Content-Length: 700\r\n\r\n" : body();
  }

  private String headers() {
    StringBuilder text = new StringBuilder();
    for (int count = random.nextInt(4); count > 0; count--) {
      text.append(HEADERS.get(random.nextInt(HEADERS.size()))).append("\r\n");
    }
    return text.toString();
  }

  private String body() {
    String data = "data %08x\r\n".formatted(random.nextInt()).repeat(random.nextInt(4));
    if (random.nextBoolean()) {
      return "Content-Length: " + data.length() + "\r\n\r\n" + data;
    }
    StringBuilder chunks = new StringBuilder("Transfer-Encoding: chunked\r\n\r\n");
    for (int at = 0; at < data.length(); ) {
      int end = Math.min(data.length(), at + 1 + random.nextInt(20));
      chunks.append(Integer.toHexString(end - at)).append(";e=1\r\n");
      chunks.append(data, at, end).append("\r\n");
      at = end;
    }
    return chunks.append("0\r\nSum: 1\r\n\r\n").toString();
  }

  private Conversation cut(List<String> turns) {
    Conversation conversation = HttpFixture.conversation();
    for (int turn = 0; turn < turns.size(); turn++) {
      for (String piece : HttpMessagesTest.cutRandomly(turns.get(turn), random)) {
        conversation = turn % 2 == 0 ? conversation.up(piece) : conversation.down(piece);
      }
    }
    return conversation.fin();
  }

  private static String sent(List<String> turns, Direction direction) {
    StringBuilder text = new StringBuilder();
    for (int turn = direction == Direction.UP ? 0 : 1; turn < turns.size(); turn += 2) {
      text.append(turns.get(turn));
    }
    return text.toString();
  }

  /** Returns what a reader sees: a list of lines for each message, then the bodies. */
  private static List<List<String>> read(String up, String down) {
    HttpFixture reader = HttpFixture.enforcing().record();
    List<List<String>> seen = new ArrayList<>();
    reader.http.events().request().add((http, request) -> seen.add(head(request)));
    reader.http.events().response().add((http, response) -> seen.add(head(response)));
    reader.see(HttpFixture.conversation().segmentBytes(30_000).up(up).down(down).fin());
    assertThat(reader.alerts()).isEmpty();
    seen.add(
        new ArrayList<>(
            reader.events.stream().filter(event -> event.matches("(?s)(up|down) .*")).toList()));
    return seen;
  }

  private static List<String> head(HttpMessage message) {
    List<String> lines = new ArrayList<>();
    lines.add(
        switch (message) {
          case HttpRequest request -> HttpFixture.line(request);
          case HttpResponse response -> HttpFixture.line(response);
        });
    for (HttpHeader header : message.headers().all()) {
      lines.add(header.name() + ": " + header.value());
    }
    return lines;
  }

  @Test
  void what_nobody_edits_leaves_as_it_came() {
    for (int round = 0; round < ROUNDS; round++) {
      List<String> turns = exchanges();
      HttpFixture fixture = HttpFixture.enforcing().record();
      fixture.see(cut(turns));
      assertThat(fixture.alerts()).as("seed %d round %d", seed, round).isEmpty();
      for (Direction direction : Direction.values()) {
        assertThat(fixture.delivered(direction)).isEqualTo(sent(turns, direction));
      }
    }
  }

  @Test
  void behind_an_edit_of_a_head_the_reader_sees_the_edit_and_nothing_else() {
    for (int round = 0; round < ROUNDS; round++) {
      List<String> turns = exchanges();
      List<List<String>> expected = read(sent(turns, Direction.UP), sent(turns, Direction.DOWN));
      int edited = random.nextInt(turns.size() / 2);
      HttpFixture fixture = HttpFixture.enforcing();
      int[] met = {0};
      fixture
          .http
          .events()
          .request()
          .add((http, request) -> {
            if (met[0]++ == edited) {
              edit(request, expected.get(edited));
            }
          });
      fixture.see(cut(turns));
      assertThat(read(fixture.delivered(Direction.UP), fixture.delivered(Direction.DOWN)))
          .as("seed %d round %d", seed, round)
          .isEqualTo(expected);
    }
  }

  private void edit(HttpRequest request, List<String> expected) {
    switch (random.nextInt(3)) {
      case 0 -> {
        request.setUri("/edited".getBytes(ISO_8859_1));
        expected.set(0, expected.getFirst().replaceFirst(" \\S+ ", " /edited "));
      }
      case 1 -> {
        request.headers().set("X-New".getBytes(ISO_8859_1), "1".getBytes(ISO_8859_1));
        expected.add("X-New: 1");
      }
      default -> {
        request.headers().remove("accept");
        expected.remove("Accept: */*");
      }
    }
  }

  @Test
  void behind_an_edit_of_bodies_the_reader_sees_the_edit_and_nothing_else() {
    for (int round = 0; round < ROUNDS; round++) {
      List<String> turns = exchanges();
      HttpFixture fixture = HttpFixture.enforcing();
      fixture.http.events().request().add((http, request) -> http.enableDataModification());
      fixture.http.events().response().add((http, response) -> http.enableDataModification());
      Set<String> bodies = new HashSet<>();
      fixture
          .http
          .events()
          .receiveData()
          .add((http, body, current, direction) -> {
            SubBuffer piece = current.peekAvailable();
            if (piece != null) {
              int at = random.nextInt((int) piece.size() + 1);
              piece.sub(at, random.nextInt(9)).replace(VirtualBuffer.of(new byte[] {'<', '>'}));
            }
            note(bodies, body, direction, HttpFixture.read(current));
          });
      fixture.see(cut(turns));
      List<List<String>> before = read(sent(turns, Direction.UP), sent(turns, Direction.DOWN));
      List<List<String>> after =
          read(fixture.delivered(Direction.UP), fixture.delivered(Direction.DOWN));
      assertThat(new HashSet<>(after.removeLast()))
          .as("seed %d round %d", seed, round)
          .isEqualTo(bodies);
      before.removeLast();
      assertThat(unframed(after)).as("seed %d round %d", seed, round).isEqualTo(unframed(before));
    }
  }

  private static void note(Set<String> bodies, HttpBody body, Direction direction, String piece) {
    StringBuilder text =
        body.scriptData() instanceof StringBuilder known ? known : new StringBuilder();
    body.setScriptData(text.append(piece));
    if (body.stream().isFinished()) {
      bodies.add((direction == Direction.UP ? "up " : "down ") + text);
    }
  }

  /** Leaves the headers out that say how long a body is. */
  private static List<List<String>> unframed(List<List<String>> heads) {
    heads.forEach(head ->
        head.removeIf(line -> {
          String lower = line.toLowerCase(Locale.ROOT);
          return lower.startsWith("content-length:") || lower.startsWith("transfer-encoding:");
        }));
    return heads;
  }
}
