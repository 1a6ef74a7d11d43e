package dev.tiaki.lua.haka;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.traffic.Conversation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Rules that read bodies as they were before they were compressed. */
class HttpContentRulesTest {
  private static final int MEBIBYTE = 1 << 20;
  private static final String GET = "GET / HTTP/1.1\r\n\r\n";
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

  private static RuleReplay counting(String onAnomaly) {
    return new RuleReplay()
        .rules(
            "local http = require('protocol/http')",
            "local count = 0",
            "haka.rule{ on = http.events.response_content,",
            "  eval = function (http, sub) count = count + #sub end }",
            "haka.rule{ on = http.events.response,",
            "  eval = function (http, response) print('response', response.status) end }",
            "haka.rule{ on = http.events.anomaly, eval = function (http, name, direction)",
            "  print(name, direction, count <= 1024 * 1024)",
            onAnomaly,
            "end }",
            "haka.rule{ on = haka.dissectors.tcp_connection.events.end_connection,",
            "  eval = function (flow) print('decoded', count) end }");
  }

  private static Conversation download(byte[] body) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(body);
    }
    String head =
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + bytes.size() + "\r\n\r\n";
    return Conversation.between("10.0.0.1:1234", "10.0.0.2:80")
        .handshake()
        .up(GET)
        .down(head)
        .down(bytes.toByteArray());
  }

  @Test
  void compressed_bodies_can_be_read() throws IOException {
    RuleReplay replay =
        new RuleReplay()
            .rules(
                "haka.rule{ on = require('protocol/http').events.response_content,",
                "  eval = function (http, sub) print(sub:asstring()) end }");
    replay.receive(download("secret text".getBytes(ISO_8859_1)).up(GET).down(OK).frames());
    assertThat(replay.text()).isEqualTo("secret text\nhello");
  }

  @Test
  void a_rule_is_told_of_a_decompression_bomb_and_the_connection_goes_on_undecoded()
      throws IOException {
    RuleReplay replay = counting("");
    Conversation talk = download(new byte[100 * MEBIBYTE]);
    replay.receive(talk.up(GET).down("HTTP/1.1 204 No Content\r\n\r\n").fin().frames());
    assertThat(replay.text().lines())
        .startsWith("response 200", "decompression_bomb down true", "response 204")
        .last()
        .asString()
        .matches("decoded \\d{1,7}");
    assertThat(replay.verdicts).allMatch(verdict -> verdict.startsWith("accept"));
    assertThat(replay.alerts).isEmpty();
  }

  @Test
  void a_rule_may_drop_a_decompression_bomb() throws IOException {
    RuleReplay replay = counting("http:drop()");
    Conversation talk = download(new byte[100 * MEBIBYTE]);
    replay.receive(talk.up(GET).down("HTTP/1.1 204 No Content\r\n\r\n").frames());
    assertThat(replay.text())
        .startsWith("response 200\ndecompression_bomb down true\ndecoded ")
        .doesNotContain("204");
    assertThat(replay.verdicts).contains("drop 6 RULE").noneMatch("accept 7"::equals);
  }

  @Test
  void what_grows_to_a_mebibyte_is_no_bomb_however_small_it_was() throws IOException {
    RuleReplay replay = counting("");
    replay.receive(download(new byte[MEBIBYTE]).fin().frames());
    assertThat(replay.text()).isEqualTo("response 200\ndecoded " + MEBIBYTE);
  }
}
