package dev.tiaki.dissector.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.dissector.tcpconnection.TcpConnectionSettings;
import dev.tiaki.engine.flow.Direction;
import dev.tiaki.engine.worker.EngineMode;
import dev.tiaki.traffic.Conversation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP at ports where nobody expects it. */
class HttpDetectionTest {
  private static HttpFixture seen(String firstData) {
    HttpFixture fixture =
        new HttpFixture(EngineMode.ENFORCE, HttpSettings.DEFAULTS, TcpConnectionSettings.DEFAULTS)
            .record();
    fixture.http.detect(fixture.tcp.connections);
    fixture.http.detect(fixture.tcp.connections);
    Conversation talk = Conversation.between("10.0.0.1:40000", "10.0.0.2:9999").handshake();
    fixture.see(talk.up(firstData).up("\r\n").fin());
    fixture.tcp.finish();
    return fixture;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\nHost: x\r\n",
        "OPTIONS * HTTP/1.1\r\n",
        "CONNECT h:443 HTTP/1.1\r\n",
        "PROPFIND /dav HTTP/1.0\r\n",
        "POST http://h/ HTTP/1.1\r\n"
      })
  void a_request_line_tells_it(String request) {
    HttpFixture fixture = seen(request);
    assertThat(fixture.events.getFirst())
        .isEqualTo("request " + request.lines().findFirst().orElseThrow().replace("HTTP/", ""));
    assertThat(fixture.tcp.counters.value("http.detected")).isOne();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET key\r\n",
        "OPTIONS rtsp://h/ RTSP/1.0\r\n",
        "OPTIONS sip:a@b SIP/2.0\r\n",
        "GETX / HTTP/1.1\r\n",
        "get / HTTP/1.1\r\n",
        "GET",
        "GET sip:a",
        "HELO x\r\n",
        "HTTP/1.1 200 OK\r\n",
        "\u0016\u0003\u0001\u0000"
      })
  void what_another_protocol_could_begin_with_does_not(String data) {
    HttpFixture fixture = seen(data);
    assertThat(fixture.events).isEmpty();
    assertThat(fixture.alerts()).isEmpty();
    assertThat(fixture.tcp.counters.value("http.detected")).isZero();
    assertThat(fixture.tcp.drops).isEqualTo(List.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET /a/long/target/that/goes/on", "POST http://h/on"})
  void of_a_line_that_is_not_all_there_the_target_decides(String data) {
    assertThat(seen(data).tcp.counters.value("http.detected")).isOne();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /a HTTP/1.1\r\nHost: x\r\n\r\n",
        "PROPPATCH http://h/a HTTP/1.1\r\nHost: x\r\n\r\n"
      })
  void a_request_that_comes_octet_by_octet(String request) {
    String answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    for (HttpFixture fixture : List.of(HttpFixture.enforcing(), HttpFixture.observing())) {
      fixture.record().http.detect(fixture.tcp.connections);
      Conversation talk = elsewhere();
      request.chars().forEach(octet -> talk.up(Character.toString(octet)));
      fixture.see(talk.down(answer).up("GET /b HTTP/1.1\r\n\r\n").down(answer).fin());
      assertThat(fixture.events)
          .containsExactly(
              "request " + request.lines().findFirst().orElseThrow().replace("HTTP/", ""),
              "response 1.1 200 OK",
              "down ok",
              "request GET /b 1.1",
              "response 1.1 200 OK",
              "down ok");
      assertThat(fixture.delivered(Direction.UP)).isEqualTo(request + "GET /b HTTP/1.1\r\n\r\n");
      assertThat(fixture.tcp.counters.value("http.detected")).isOne();
    }
  }

  @Test
  void letters_that_wait_for_an_answer_are_not_kept_back() {
    HttpFixture fixture = HttpFixture.enforcing();
    fixture.http.detect(fixture.tcp.connections);
    fixture.see(elsewhere().up("P"));
    assertThat(fixture.delivered(Direction.UP)).isEqualTo("P");
  }

  @Test
  void a_server_that_speaks_first_is_asked_about_as_any_other() {
    HttpFixture fixture = HttpFixture.enforcing().record();
    fixture.http.detect(fixture.tcp.connections);
    List<String> asked = new ArrayList<>();
    fixture
        .tcp
        .connections
        .events()
        .detectProtocol()
        .add((flow, stream, current, direction) ->
            asked.add(direction + " " + HttpFixture.read(current)));
    fixture.see(elsewhere().up("P").down("P").up("OST /\r\n").down("?").fin());
    assertThat(asked).containsExactly("UP P", "DOWN P");
    assertThat(fixture.delivered(Direction.UP)).isEqualTo("POST /\r\n");
    assertThat(fixture.delivered(Direction.DOWN)).isEqualTo("P?");
    assertThat(fixture.events).isEmpty();
    assertThat(fixture.tcp.counters.value("http.detected")).isZero();
  }

  @Test
  void what_has_partly_left_can_be_seen_and_dropped_but_not_changed() {
    HttpFixture fixture = HttpFixture.enforcing();
    fixture.http.detect(fixture.tcp.connections);
    fixture
        .http
        .events()
        .request()
        .add((http, request) -> {
          try {
            request.setUri("/other".getBytes(US_ASCII));
          } catch (IllegalStateException refused) {
            fixture.events.add(refused.getMessage());
          }
          http.enableDataModification();
        });
    String post = "POST /a HTTP/1.1\r\nContent-Length: 2\r\n\r\nab";
    fixture.see(elsewhere().up(post.substring(0, 2)).up(post.substring(2)).fin());
    assertThat(fixture.events).containsExactly("http message already sent");
    assertThat(fixture.delivered(Direction.UP)).isEqualTo(post);
  }

  private static Conversation elsewhere() {
    return Conversation.between("10.0.0.1:40000", "10.0.0.2:9999").handshake();
  }
}
