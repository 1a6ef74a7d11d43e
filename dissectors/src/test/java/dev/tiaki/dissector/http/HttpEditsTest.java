package dev.tiaki.dissector.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiaki.engine.buffer.SubBuffer;
import dev.tiaki.engine.buffer.VirtualBuffer;
import dev.tiaki.engine.flow.Direction;
import dev.tiaki.traffic.Conversation;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What listeners change is what the other end receives, and nothing else changes. */
class HttpEditsTest {
  private static final String GET =
      "GET /a HTTP/1.1\r\nHost: x\r\nUser-Agent:  old\r\nAccept: */*\r\n\r\n";
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  private static HttpFixture editing(HttpListener.OnRequest listener) {
    HttpFixture fixture = HttpFixture.enforcing();
    fixture.http.events().request().add(listener);
    return fixture;
  }

  @Test
  void every_part_of_a_request() {
    HttpFixture fixture =
        editing((http, request) -> {
          request.setMethod(bytes("POST"));
          request.setUri(bytes("/longer/than/before"));
          request.setVersion(bytes("1.0"));
          request.headers().set(bytes("host"), bytes("example.org"));
          request.headers().remove("USER-AGENT");
          request.headers().set(bytes("X-New"), bytes("1"));
          request.headers().set(bytes("X-Gone"), bytes("1"));
          request.headers().remove("x-gone");
        });
    fixture.see(HttpFixture.conversation().up(GET));
    assertThat(fixture.delivered(Direction.UP))
        .isEqualTo(
            "POST /longer/than/before HTTP/1.0\r\nHost: example.org\r\nAccept: */*\r\nX-New: 1\r\n"
                + "\r\n");
  }

  @Test
  void a_header_for_a_message_that_has_none() {
    HttpFixture fixture =
        editing((http, request) -> request.headers().set(bytes("Via"), bytes("tiaki")));
    fixture.see(HttpFixture.conversation().up("GET / HTTP/1.1\r\n\r\n"));
    assertThat(fixture.delivered(Direction.UP)).isEqualTo("GET / HTTP/1.1\r\nVia: tiaki\r\n\r\n");
  }

  @Test
  void however_the_head_is_cut() {
    Random random = new Random(11);
    for (int round = 0; round < 200; round++) {
      HttpFixture fixture =
          editing((http, request) -> {
            request.setUri(bytes("/b/longer"));
            request.headers().remove("host");
            request.headers().set(bytes("accept"), bytes("text/html"));
            request.headers().set(bytes("X-New"), bytes("1"));
          });
      Conversation cut = HttpFixture.conversation();
      HttpMessagesTest.cutRandomly(GET, random).forEach(cut::up);
      fixture.see(cut);
      assertThat(fixture.delivered(Direction.UP))
          .as("round %d", round)
          .isEqualTo(
              "GET /b/longer HTTP/1.1\r\nUser-Agent:  old\r\nAccept: text/html\r\nX-New: 1\r\n\r\n");
    }
  }

  @Test
  void a_line_end_in_a_value_is_refused() {
    HttpFixture fixture = HttpFixture.enforcing();
    fixture
        .http
        .events()
        .request()
        .add((http, request) -> {
          HttpHeaders headers = request.headers();
          assertThatThrownBy(() -> headers.set(bytes("A"), bytes("1\r\nB: 2")))
              .hasMessage("token value '1\r\nB: 2' does not verify /[^%r%n]+/");
          assertThatThrownBy(() -> headers.set(bytes("A\n"), bytes("1")))
              .isInstanceOf(IllegalArgumentException.class);
          assertThatThrownBy(() -> request.setUri(bytes("/ HTTP/1.1\r\nB: 2")))
              .isInstanceOf(IllegalArgumentException.class);
          fixture.events.add("asked");
        });
    fixture.see(HttpFixture.conversation().up(GET));
    assertThat(fixture.events).containsExactly("asked");
    assertThat(fixture.delivered(Direction.UP)).isEqualTo(GET);
  }

  /** Replaces each {@code hello} that comes in one piece, and puts something before the first. */
  private static HttpFixture rewriting(String replacement) {
    HttpFixture fixture = HttpFixture.enforcing();
    fixture.http.events().response().add((http, response) -> http.enableDataModification());
    fixture
        .http
        .events()
        .responseData()
        .add((http, body, current, direction) -> {
          SubBuffer piece = current.peekAvailable();
          if (piece != null) {
            String text = new String(piece.toByteArray(), ISO_8859_1);
            piece.replace(VirtualBuffer.of(bytes(text.replace("hello", replacement))));
          }
        });
    return fixture;
  }

  @Test
  void a_body_of_another_length_goes_on_in_chunks() {
    HttpFixture fixture = rewriting("good morning");
    fixture.see(HttpFixture.conversation().up(GET).down(OK).up(GET).down(OK));
    String changed =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nc\r\ngood morning\r\n0\r\n\r\n";
    assertThat(fixture.delivered(Direction.DOWN)).isEqualTo(changed + changed);
  }

  @Test
  void chunks_are_written_anew() {
    HttpFixture fixture = rewriting("");
    fixture.see(
        HttpFixture.conversation()
            .up(GET + GET)
            .down("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n")
            .down("6\r\n world\r")
            .down("\n0\r\nSum: 1\r\n\r\n" + OK));
    assertThat(fixture.delivered(Direction.DOWN))
        .startsWith(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\n world\r\n0\r\nSum: 1\r\n\r\n");
  }

  @Test
  void a_reader_that_knows_no_chunks_gets_the_length_that_fits() {
    HttpFixture fixture = rewriting("good morning");
    fixture.see(
        HttpFixture.conversation()
            .up("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
            .down("HTTP/1.0 200 OK\r\nContent-Length: 10\r\n\r\nhello")
            .down("hello"));
    assertThat(fixture.delivered(Direction.DOWN))
        .isEqualTo("HTTP/1.0 200 OK\r\nContent-Length: 24\r\n\r\ngood morninggood morning");
  }

  @Test
  void a_body_that_lasts_until_the_end_needs_no_framing() {
    HttpFixture fixture = rewriting("good morning");
    fixture.see(
        HttpFixture.conversation().up(GET).down("HTTP/1.1 200 OK\r\n\r\nhello").finByServer());
    assertThat(fixture.delivered(Direction.DOWN)).isEqualTo("HTTP/1.1 200 OK\r\n\r\ngood morning");
  }

  @Test
  void what_has_no_body_gets_no_framing() {
    HttpFixture fixture = rewriting("x");
    String none = "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n";
    fixture.see(HttpFixture.conversation().up(GET).down(none));
    assertThat(fixture.delivered(Direction.DOWN)).isEqualTo(none);
  }
}
