package dev.tiaki.dissector.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.engine.flow.Direction;
import dev.tiaki.engine.worker.EngineMode;
import dev.tiaki.traffic.Conversation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages that are broken, ambiguous or beyond a bound. */
class HttpErrorsTest {
  private static final String GET = "GET / HTTP/1.1\r\n\r\n";

  private static HttpFixture see(Conversation conversation) {
    return HttpFixture.enforcing().record().see(conversation);
  }

  @Test
  void a_request_line_without_version_is_dropped_in_the_words_of_haka() {
    HttpFixture fixture = see(HttpFixture.conversation().up("GET /index.htm\nHost: --\n\n"));
    assertThat(fixture.alerts()).containsExactly("invalid http request_line");
    assertThat(fixture.tcp.lines)
        .contains(
            "DEBUG grammar: parse error at byte 14 for field 4 in request_line: token"
                + " /[[:blank:]]+/ doesn't match",
            "DEBUG grammar: parse error context: \\x0aHost: --\\x0a\\x0a...");
    assertThat(fixture.delivered(Direction.UP)).isEmpty();
  }

  @Test
  void a_head_that_never_ends_fails_when_the_stream_does() {
    HttpFixture fixture =
        see(HttpFixture.conversation().up("GET / HTTP/1.1\r\nHost: x\r\n").upFin());
    assertThat(fixture.alerts()).containsExactly("invalid http header");
    assertThat(fixture.tcp.lines)
        .contains(
            "DEBUG grammar: parse error at byte 25 for field 1 in header: token"
                + " /[^:[:blank:]]+/ doesn't match");
  }

  @Test
  void a_response_nobody_asked_for_is_dropped() {
    HttpFixture fixture = see(HttpFixture.conversation().down("HTTP/1.1 200 OK\r\n\r\n").up(GET));
    assertThat(fixture.alerts()).containsExactly("http: unexpected data from server");
    assertThat(fixture.events).isEmpty();
  }

  @Test
  void two_readers_may_not_understand_a_request_differently() {
    String both = "POST / HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n";
    String two = "POST / HTTP/1.1\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\n";
    String odd = "POST / HTTP/1.1\r\nTransfer-Encoding: xchunked\r\n\r\n";
    String word = "POST / HTTP/1.1\r\nContent-Length: +3\r\n\r\n";
    for (String smuggled : new String[] {both, two, odd, word}) {
      HttpFixture fixture = see(HttpFixture.conversation().up(smuggled));
      assertThat(fixture.alerts()).as(smuggled).hasSize(1);
      assertThat(fixture.events).as(smuggled).isEmpty();
      assertThat(fixture.delivered(Direction.UP)).as(smuggled).isEmpty();
    }
  }

  @Test
  void a_rule_may_decide_about_what_is_ambiguous() {
    HttpFixture fixture = HttpFixture.enforcing().record();
    fixture
        .http
        .events()
        .anomaly()
        .add((http, anomaly, direction) -> fixture.events.add(anomaly.word()));
    fixture.see(
        HttpFixture.conversation()
            .up("POST / HTTP/1.1\nContent-Length: 3\nTransfer-Encoding: chunked\n\n0\n\n"));
    assertThat(fixture.events)
        .startsWith("bare_line_feed", "length_and_encoding", "request POST / 1.1");
    assertThat(fixture.alerts()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "folded_header, 'X: a\r\n b'",
    "repeated_length, 'Content-Length: 0\r\nContent-Length: 0'",
    "repeated_length, 'Content-Length: 0, 0'",
    "conflicting_lengths, 'Content-Length: 1, 0'",
    "invalid_length, 'Content-Length: 99999999999999999999'",
    "invalid_length, 'Content-Length: -1'",
    "invalid_encoding, 'Transfer-Encoding: chunked, gzip'",
    "length_and_encoding, 'Transfer-Encoding: chunked\r\nContent-Length: 0'"
  })
  void each_shape_that_smuggles_has_its_name(String word, String header) {
    HttpFixture fixture = HttpFixture.enforcing();
    fixture
        .http
        .events()
        .anomaly()
        .add((http, anomaly, direction) -> fixture.events.add(direction + " " + anomaly.word()));
    fixture.see(HttpFixture.conversation().up("POST / HTTP/1.1\r\n" + header + "\r\n\r\n"));
    assertThat(fixture.events).containsExactly("UP " + word);
  }

  @Test
  void a_body_that_is_cut_is_counted_and_a_listener_is_told_its_end() {
    HttpFixture fixture =
        see(
            HttpFixture.conversation()
                .up(GET)
                .down("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf")
                .finByServer());
    assertThat(fixture.events).endsWith("response 1.1 200 OK", "down half");
    assertThat(fixture.tcp.counters.value("http.truncated")).isOne();
    assertThat(fixture.alerts()).isEmpty();
  }

  @Test
  void a_chunk_size_beyond_all_numbers() {
    HttpFixture fixture =
        see(
            HttpFixture.conversation()
                .up("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n8000000000000000\r\n"));
    assertThat(fixture.alerts()).containsExactly("http: chunk that is malformed");
  }

  @Test
  void a_head_that_is_too_long_holds_no_more_than_the_bound() {
    HttpFixture fixture =
        new HttpFixture(EngineMode.ENFORCE, new HttpSettings(10_000, 256, 1, 1, 1)).record();
    Conversation endless = HttpFixture.conversation().up("GET / HTTP/1.1\r\n");
    for (int i = 0; i < 100; i++) {
      endless.up("X: " + "y".repeat(1000) + "\r\n");
    }
    fixture.see(endless);
    assertThat(fixture.alerts()).containsExactly("http: message head that is too long");
    assertThat(fixture.delivered(Direction.UP)).isEmpty();
  }

  @Test
  void a_thousand_requests_without_a_response() {
    HttpFixture fixture = see(HttpFixture.conversation().up(GET.repeat(1000)));
    assertThat(fixture.alerts()).containsExactly("http: too many requests without a response");
    assertThat(fixture.events).hasSize(256);
  }

  @Test
  void observing_stops_neither_the_connection_nor_other_rules() {
    HttpFixture fixture = HttpFixture.observing().record();
    fixture.see(HttpFixture.conversation().up("\u0000\u0001 nonsense\r\n").up("more"));
    assertThat(fixture.alerts()).containsExactly("invalid http request_line");
    assertThat(fixture.delivered(Direction.UP)).endsWith("more");
    assertThat(fixture.tcp.counters.value("http.lost")).isEqualTo(1);
  }
}
