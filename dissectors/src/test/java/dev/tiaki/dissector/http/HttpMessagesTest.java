package dev.tiaki.dissector.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.dissector.tcpconnection.EndedProtocol;
import dev.tiaki.dissector.tcpconnection.TcpConnectionSettings;
import dev.tiaki.engine.flow.Direction;
import dev.tiaki.engine.stream.ReassemblyLimits;
import dev.tiaki.engine.worker.EngineMode;
import dev.tiaki.traffic.Conversation;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Which messages and bodies rules see in which bytes. */
class HttpMessagesTest {
  private static final String GET = "GET /a HTTP/1.1\r\nHost: x\r\n\r\n";
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

  private static List<String> events(Conversation conversation) {
    return HttpFixture.enforcing().record().see(conversation).events;
  }

  @Test
  void a_request_and_its_response() {
    assertThat(events(HttpFixture.conversation().up(GET).down(OK).fin()))
        .containsExactly("request GET /a 1.1", "response 1.1 200 OK", "down hello");
  }

  @Test
  void chunks_are_put_together_and_trailers_are_no_body() {
    String chunked =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "3;name=value\r\nhel\r\n2 \r\nlo\r\n0\r\nX-Sum: 1\r\n\r\n";
    assertThat(events(HttpFixture.conversation().up(GET).down(chunked).up(GET).down(OK)))
        .containsExactly(
            "request GET /a 1.1",
            "response 1.1 200 OK",
            "down hello",
            "request GET /a 1.1",
            "response 1.1 200 OK",
            "down hello");
  }

  @Test
  void a_body_without_length_lasts_until_the_connection_ends() {
    assertThat(
            events(
                HttpFixture.conversation()
                    .up(GET)
                    .down("HTTP/1.0 200 OK\r\n\r\nhel")
                    .down("lo")
                    .finByServer()))
        .containsExactly("request GET /a 1.1", "response 1.0 200 OK", "down hello");
  }

  @Test
  void pipelined_requests_get_their_responses_in_order() {
    String three = GET + "HEAD /b HTTP/1.1\r\n\r\n" + "GET /c HTTP/1.1\r\n\r\n";
    String answers = OK + "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n" + OK;
    HttpFixture fixture = HttpFixture.enforcing().record();
    fixture
        .http
        .events()
        .exchange()
        .add((http, exchange) -> {
          HttpRequest request = exchange.request();
          fixture.events.add("exchange " + (request == null ? "?" : request.uri()));
        });
    fixture.see(HttpFixture.conversation().up(three).down(answers));
    assertThat(fixture.events)
        .containsExactly(
            "request GET /a 1.1",
            "request HEAD /b 1.1",
            "request GET /c 1.1",
            "response 1.1 200 OK",
            "down hello",
            "exchange /a",
            "response 1.1 200 OK",
            "exchange /b",
            "response 1.1 200 OK",
            "down hello",
            "exchange /c");
  }

  @Test
  void an_interim_response_answers_nothing() {
    String post = "POST /a HTTP/1.1\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n";
    assertThat(
            events(
                HttpFixture.conversation()
                    .up(post)
                    .down("HTTP/1.1 100 Continue\r\n\r\n")
                    .up("ab")
                    .down(OK)))
        .containsExactly(
            "request POST /a 1.1",
            "response 1.1 100 Continue",
            "up ab",
            "response 1.1 200 OK",
            "down hello");
  }

  @Test
  void responses_that_have_no_body_whatever_their_length_says() {
    String[] statuses = {"204 No Content", "304 Not Modified"};
    for (String status : statuses) {
      String none = "HTTP/1.1 " + status + "\r\nContent-Length: 50\r\n\r\n";
      assertThat(events(HttpFixture.conversation().up(GET).down(none).up(GET).down(OK)))
          .hasSize(5)
          .endsWith("request GET /a 1.1", "response 1.1 200 OK", "down hello");
    }
  }

  @Test
  void what_was_read_is_let_go_at_the_end_unless_a_rule_keeps_it() {
    for (HttpFixture fixture : List.of(HttpFixture.enforcing(), HttpFixture.observing())) {
      List<HttpFlow> kept = new ArrayList<>();
      fixture.http.events().request().add((http, request) -> kept.add(http));
      Conversation talk = HttpFixture.conversation().up(GET).down(OK).fin();
      fixture.see(talk.up("GET /again HTTP/1.1\r\n\r\n"));
      fixture
          .tcp
          .connections
          .connectionList()
          .forEach(flow -> {
            assertThat(flow.stateName()).isEqualTo("timed_wait");
            assertThat(flow.nextDissector()).isEqualTo(new EndedProtocol("http"));
          });
      assertThat(fixture.tcp.connections.connections()).isOne();
      assertThat(kept).hasSize(1);
      HttpRequest request = kept.getFirst().request();
      assertThat(request).isNotNull();
      assertThat(request == null ? "" : request.uri().toString()).isEqualTo("/a");
      assertThat(fixture.tcp.counters.value("http.requests")).isOne();
    }
  }

  @Test
  void folded_and_empty_headers_are_read() {
    HttpFixture fixture = HttpFixture.enforcing();
    fixture
        .http
        .events()
        .request()
        .add((http, request) -> {
          request.headers().all().forEach(header -> fixture.events.add(header.toString()));
        });
    fixture.see(
        HttpFixture.conversation()
            .up("GET / HTTP/1.1\r\nEmpty:\r\nX:close\r\nLong: one,\r\n  two\r\n\ttail\r\n\r\n"));
    assertThat(fixture.events).containsExactly("Empty: ", "X: close", "Long: one, two tail");
  }

  @Test
  void after_connect_and_upgrade_the_rest_is_no_http() {
    HttpFixture fixture = HttpFixture.enforcing().record();
    fixture.http.events().upgrade().add((http, protocol) -> fixture.events.add(protocol));
    fixture.see(
        HttpFixture.conversation()
            .up("GET /chat HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n")
            .down("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n\u0081\u0005")
            .up("no http at all"));
    assertThat(fixture.events)
        .containsExactly(
            "request GET /chat 1.1", "response 1.1 101 Switching Protocols", "websocket");
    assertThat(fixture.delivered(Direction.UP)).endsWith("no http at all");
    assertThat(fixture.alerts()).isEmpty();
  }

  @Test
  void the_ways_in_which_a_stream_is_cut_make_no_difference() {
    String up =
        GET + "POST /b HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n0\r\n\r\n";
    String down = OK + "HTTP/1.1 404 Not Found\r\nContent-Length: 3\r\n\r\nabc";
    List<String> whole = events(HttpFixture.conversation().up(up).down(down).fin());
    Random random = new Random(7);
    for (int round = 0; round < 300; round++) {
      Conversation cut = HttpFixture.conversation();
      cutRandomly(up, random).forEach(cut::up);
      cutRandomly(down, random).forEach(cut::down);
      HttpFixture fixture = HttpFixture.enforcing().record().see(cut.fin());
      assertThat(fixture.events).as("round %d", round).isEqualTo(whole);
      assertThat(fixture.delivered(Direction.UP)).isEqualTo(up);
      assertThat(fixture.delivered(Direction.DOWN)).isEqualTo(down);
    }
  }

  static List<String> cutRandomly(String text, Random random) {
    List<String> pieces = new java.util.ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int end = Math.min(text.length(), at + 1 + random.nextInt(12));
      pieces.add(text.substring(at, end));
      at = end;
    }
    return pieces;
  }

  @Test
  void a_connection_taken_up_in_the_middle_is_never_dropped() {
    HttpFixture fixture = HttpFixture.enforcing().record();
    fixture.see(
        Conversation.between("10.0.0.1:40000", "10.0.0.2:80")
            .down("the rest of a body")
            .up(GET)
            .down(OK));
    assertThat(fixture.alerts()).isEmpty();
    assertThat(fixture.delivered(Direction.DOWN)).endsWith("hello");
  }

  @Test
  void bytes_that_were_never_seen_leave_a_body_of_known_length_in_step() {
    ReassemblyLimits oneWaiting = new ReassemblyLimits(1 << 20, 256, 1, 1 << 20);
    HttpFixture fixture =
        new HttpFixture(
                EngineMode.OBSERVE,
                HttpSettings.DEFAULTS,
                TcpConnectionSettings.DEFAULTS.withReassembly(oneWaiting))
            .record();
    fixture.see(
        HttpFixture.conversation()
            .up(GET)
            .down("HTTP/1.1 200 OK\r\nContent-Length: 3000\r\n\r\n" + "a".repeat(1000))
            .down("b".repeat(1000))
            .lose()
            .down("c".repeat(1000))
            .up("GET /b HTTP/1.1\r\n\r\n")
            .down(OK)
            .fin());
    fixture.tcp.finish();
    assertThat(fixture.events).contains("request GET /b 1.1").endsWith("down hello");
  }
}
