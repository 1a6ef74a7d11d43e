package dev.tiaki.dissector.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.dissector.tcpconnection.TcpConnectionSettings;
import dev.tiaki.engine.worker.EngineMode;
import dev.tiaki.traffic.Conversation;
import java.util.List;
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
}
