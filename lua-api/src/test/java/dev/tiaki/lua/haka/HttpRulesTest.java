package dev.tiaki.lua.haka;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.engine.worker.EngineMode;
import dev.tiaki.traffic.Conversation;
import org.junit.jupiter.api.Test;

/** Rules on requests, responses and bodies, as they are written for Haka. */
class HttpRulesTest {
  private static final String GET =
      "GET /a?x=1&y HTTP/1.1\r\nHost: example.org\r\nCookie: k=v\r\n\r\n";
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

  private static Conversation conversation() {
    return Conversation.between("10.0.0.1:1234", "10.0.0.2:80").handshake();
  }

  private static RuleReplay rule(String event, String parameters, String... body) {
    return rule(new RuleReplay(), event, parameters, body);
  }

  private static RuleReplay rule(
      RuleReplay replay, String event, String parameters, String... body) {
    return replay.rules(
        "local http = require('protocol/http')",
        "haka.rule{ on = haka.dissectors.http.events." + event + ",",
        "  eval = function (" + parameters + ")",
        String.join("\n", body),
        "  end }");
  }

  private static String sent(RuleReplay replay) {
    StringBuilder text = new StringBuilder();
    for (byte[] frame : replay.sent) {
      int payload = 34 + ((frame[46] & 0xf0) >> 2);
      text.append(new String(frame, payload, frame.length - payload, ISO_8859_1));
    }
    return text.toString();
  }

  @Test
  void a_rule_file_may_ask_for_http_at_every_port() {
    RuleReplay replay =
        rule("request", "http, request", "print(http.dstport, request.uri)")
            .rules("require('protocol/http').detect()");
    replay.text();
    replay.receive(
        Conversation.between("10.0.0.1:1234", "10.0.0.2:8123").handshake().up(GET).frames());
    replay.receive(
        Conversation.between("10.0.0.1:1235", "10.0.0.2:22").handshake().up("SSH-2.0-x").frames());
    assertThat(replay.text()).isEqualTo("8123 /a?x=1&y");
    assertThat(replay.verdicts).allMatch(verdict -> verdict.startsWith("accept"));
  }

  @Test
  void a_rule_sees_every_part_of_a_message() {
    RuleReplay replay =
        rule(
            "response",
            "http, response",
            "local r = http.request",
            "print(r.method, r.uri, r.version, r.headers['HOST'], #r.headers, r.headers[2].name)",
            "print(r.split_uri.path, r.split_uri.args.x, r.split_uri.args.y, r.split_cookies.k)",
            "print(response.status, response.reason, response.headers['Missing'])",
            "print(http.srcip, http.dstport, http.state, rawequal(r.split_uri, r.split_uri))");
    replay.receive(conversation().up(GET).down(OK).frames());
    assertThat(replay.text())
        .isEqualTo(
            """
            GET /a?x=1&y 1.1 example.org 2 Cookie
            /a 1 true v
            200 OK nil
            10.0.0.1 80 response true\
            """);
  }

  @Test
  void headers_are_listed_in_their_order() {
    RuleReplay replay =
        rule(
            "request",
            "http, request",
            "request.headers['New'] = 'n'",
            "for name, value in pairs(request.headers) do print(name, value) end",
            "for i, header in ipairs(request.headers) do print(i, header.name) end");
    replay.receive(conversation().up("GET / HTTP/1.1\r\nB: 2\r\nA: 1\r\nB: 3\r\n\r\n").frames());
    assertThat(replay.text()).isEqualTo("B 2\nA 1\nB 3\nNew n\n1 B\n2 A\n3 B\n4 New");
  }

  @Test
  void what_a_rule_sets_is_sent() {
    RuleReplay replay =
        rule(
            "request",
            "http, request",
            "request.uri = '/b'",
            "request.headers['Host'] = nil",
            "request.headers[1].value = 'w'",
            "request.headers:append{ name = 'X', value = 'y' }");
    replay.receive(conversation().up(GET).frames());
    assertThat(sent(replay)).isEqualTo("GET /b HTTP/1.1\r\nCookie: w\r\nX: y\r\n\r\n");
  }

  @Test
  void a_value_that_would_be_another_header_is_refused() {
    RuleReplay replay =
        rule(
            "request",
            "http, request",
            "print(pcall(function () request.headers['A'] = 'b\\r\\nC: d' end))",
            "print(pcall(function () request.version = 'x' end))");
    replay.receive(conversation().up(GET).frames());
    assertThat(replay.text())
        .isEqualTo(
            "false token value 'b\r\nC: d' does not verify /[^%r%n]+/\n"
                + "false token value 'x' does not verify /[0-9]+%.[0-9]+/");
    assertThat(sent(replay)).isEqualTo(GET);
  }

  @Test
  void a_message_that_has_left_can_no_longer_be_changed() {
    RuleReplay replay =
        rule(
            "response",
            "http, response",
            "print(pcall(function () http.request.uri = '/late' end))");
    replay.receive(conversation().up(GET).down(OK).frames());
    assertThat(replay.text()).isEqualTo("false http message already sent");
  }

  @Test
  void a_dropped_request_reaches_nobody() {
    RuleReplay replay = rule("request", "http, request", "http:drop()");
    replay.receive(conversation().up(GET).frames());
    assertThat(sent(replay)).isEmpty();
    assertThat(replay.verdicts).endsWith("drop 4 RULE");
  }

  @Test
  void pieces_of_bodies_and_streamed_bodies() {
    RuleReplay replay =
        rule("receive_data", "http, sub, direction", "print(direction, sub:asstring())");
    replay.rules(
        "haka.rule{ on = haka.dissectors.http.events.response_data,",
        "  options = { streamed = true },",
        "  eval = function (http, iter)",
        "    print('streamed', iter:sub('all'):asstring())",
        "  end }");
    String chunked =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n";
    replay.receive(conversation().up(GET).down(chunked).up(GET).down(OK).frames());
    assertThat(replay.text())
        .isEqualTo("down he\ndown llo\nstreamed hello\ndown hello\nstreamed hello");
  }

  @Test
  void a_streamed_rule_may_make_a_body_longer() {
    RuleReplay replay =
        rule("response", "http, response", "http:enable_data_modification()")
            .rules(
                "haka.rule{ on = haka.dissectors.http.events.response_data,",
                "  options = { streamed = true },",
                "  eval = function (http, iter)",
                "    iter:advance(2)",
                "    iter:insert(haka.vbuffer_from('<>'))",
                "  end }");
    replay.receive(conversation().up(GET).down(OK).frames());
    assertThat(sent(replay))
        .isEqualTo(
            GET
                + "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "7\r\nhe<>llo\r\n0\r\n\r\n");
  }

  @Test
  void what_is_inserted_when_the_last_piece_has_left_ends_the_body() {
    RuleReplay replay =
        rule("response", "http, response", "http:enable_data_modification()")
            .rules(
                "haka.rule{ on = haka.dissectors.http.events.response_data,",
                "  options = { streamed = true },",
                "  eval = function (http, iter)",
                "    for _ in iter:foreach_available() do end",
                "    iter:insert(haka.vbuffer_from('<>'))",
                "  end }");
    replay.receive(conversation().up(GET).down(OK).up(GET).down(OK).frames());
    String edited =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n2\r\n<>\r\n0\r\n\r\n";
    assertThat(sent(replay)).isEqualTo(GET + edited + GET + edited);
    assertThat(replay.alerts).isEmpty();
  }

  @Test
  void anomalies_and_upgrades_are_named() {
    RuleReplay replay = rule("anomaly", "http, name, direction", "print(name, direction)");
    replay.rules(
        "haka.rule{ on = haka.dissectors.http.events.upgrade,",
        "  eval = function (http, protocol) print(protocol, http.state, http.protocol) end }");
    replay.receive(
        conversation()
            .up("GET / HTTP/1.1\r\nContent-Length: 0\r\nContent-Length: 0\r\n\r\n")
            .down("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n")
            .frames());
    assertThat(replay.text()).isEqualTo("repeated_length up\nwebsocket connect websocket");
  }

  @Test
  void another_port_and_a_chosen_connection() {
    RuleReplay replay = rule("request", "http, request", "print(http.dstport, request.uri)");
    replay.rules(
        "haka.policy{ on = haka.dissectors.tcp_connection.policies.next_dissector,",
        "  name = 'http 8080', port = 8080, action = haka.dissectors.http.install }",
        "haka.rule{ on = haka.dissectors.tcp_connection.events.new_connection,",
        "  eval = function (flow) if flow.dstport == 99 then",
        "    require('protocol/http').dissect(flow) end end }");
    for (String server : new String[] {"10.0.0.2:8080", "10.0.0.2:99", "10.0.0.2:81"}) {
      replay.receive(Conversation.between("10.0.0.1:1234", server).handshake().up(GET).frames());
    }
    assertThat(replay.text()).isEqualTo("8080 /a?x=1&y\n99 /a?x=1&y");
  }

  @Test
  void without_a_rule_on_port_80_nothing_is_read() {
    RuleReplay replay = new RuleReplay();
    replay.receive(conversation().up("no http").frames());
    assertThat(replay.alerts).isEmpty();
  }

  @Test
  void only_looking_changes_nothing() {
    RuleReplay replay =
        rule(
            new RuleReplay(EngineMode.HAKA_PASS_THROUGH),
            "request",
            "http, request",
            "print(pcall(function () request.uri = '/' end))",
            "print(pcall(function () request.headers['A'] = '1' end))",
            "print(pcall(http.enable_data_modification, http))");
    replay.receive(conversation().up(GET).frames());
    assertThat(replay.text()).contains("read only buffer").doesNotContain("true");
  }

  @Test
  void uris_and_cookies_are_objects() {
    RuleReplay replay =
        new RuleReplay()
            .rules(
                "local http = require('protocol/http')",
                "local uri = http.uri.split('http://me:pw@Example.org:80/a/../b?x=1&y=2#f')",
                "print(uri.user, uri.port, uri.args.y, tostring(uri))",
                "print(tostring(uri:normalize()))",
                "uri.args.z = 3",
                "print(tostring(uri), http.uri.normalize('%7e'))",
                "print(tostring(http.cookies.split('b=2;a=1')))",
                "print(require('class').classof(uri).name)");
    assertThat(replay.text())
        .isEqualTo(
            """
            me 80 2 http://me:pw@Example.org:80/a/../b?x=1&y=2#f
            http://me:pw@example.org/b?x=1&y=2#f
            http://me:pw@example.org/b?x=1&y=2&z=3#f http://~/
            a=1;b=2
            HttpUriSplit\
            """);
  }
}
