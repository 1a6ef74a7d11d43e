package dev.tiaki.lua.haka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The modules {@code misc/…} and tables of connections. */
class MiscModulesTest {
  private static String run(String... lines) {
    return new RuleReplay().rules(lines).text();
  }

  @Test
  void base64_is_encoded_and_decoded() {
    assertThat(
            run(
                "local b = require('misc/crypto').base64",
                "print(b.encode('a\\0b'), b.decode('YQBi') == 'a\\0b', b.encode(''), b.decode(''))",
                "print(pcall(b.decode, '*'), pcall(b.decode, 'a'))"))
        .isEqualTo("YQBi true  \nfalse false openssl error");
  }

  @Test
  void a_country_database_of_maxmind_is_read(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("country.mmdb");
    Files.write(file, CountryDatabase.lowerHalfIn("FR"));
    assertThat(
            run(
                "local ipv4 = require('protocol/ipv4')",
                "local geoip = require('misc/geoip')",
                "local db = geoip.open('" + file + "')",
                "print(db:country(ipv4.addr('10.1.2.3')), db:country(ipv4.addr('200.1.2.3')))",
                "print(pcall(geoip.open, '" + folder + "/none.dat'))"))
        .isEqualTo("FR nil\nfalse cannot initialize geoip");
  }

  @Test
  void documents_go_to_an_elasticsearch_server_in_bulk() throws IOException {
    List<String> requests = new CopyOnWriteArrayList<>();
    HttpServer server = server(requests, "6.8.0", 200);
    try {
      RuleReplay replay =
          new RuleReplay()
              .rules(
                  "local es = require('misc/elasticsearch')",
                  "local c = es.connector('" + url(server) + "')",
                  "c:newindex('net', { settings = { shards = 1 } })",
                  "c:insert('net', 'flow', 'one', { ip = 'x\"y', ok = true })",
                  "c:update('net', 'flow', 'one', { n = 5 })",
                  "print(c:timestamp(haka.time(1387443199.5)), #c:genid(), c:genid() ~= c:genid())",
                  "print(pcall(c.insert, c, 'net', 'flow', nil, { f = print }))",
                  "print(pcall(c.insert, c, 'net', 'flow', nil, 5))");
      replay.haka.closed();
      assertThat(replay.text())
          .isEqualTo(
              """
              2013/12/19 08:53:19 24 true
              false function cannot be converted to json
              false invalid parameter\
              """);
    } finally {
      server.stop(0);
    }
    assertThat(requests.getFirst()).isEqualTo("PUT /net {\"settings\":{\"shards\":1.0}}");
    assertThat(requests.get(1)).isEqualTo("GET / ");
    // how many documents share a request depends on when the sender looks
    String bulk = String.join("", requests.subList(2, requests.size())).replace("POST /_bulk ", "");
    assertThat(bulk)
        .startsWith("{\"index\":{\"_index\":\"net\",\"_type\":\"flow\",\"_id\":\"one\"}}\n")
        .contains("\"ip\":\"x\\\"y\"", "\"ok\":true")
        .endsWith(
            "{\"update\":{\"_index\":\"net\",\"_type\":\"flow\",\"_id\":\"one\"}}\n"
                + "{\"doc\":{\"n\":5.0}}\n");
  }

  @Test
  void newer_servers_get_no_types_and_what_they_refuse_is_logged_once() throws IOException {
    List<String> requests = new CopyOnWriteArrayList<>();
    HttpServer server = server(requests, "8.1.0", 503);
    try {
      RuleReplay replay =
          new RuleReplay()
              .rules(
                  "local c = require('misc/elasticsearch').connector('" + url(server) + "')",
                  "c:insert('net', 'flow', nil, { a = 'b' })");
      replay.haka.closed();
      assertThat(replay.text())
          .isEqualTo(
              "error elasticsearch: request failed: " + url(server) + "/_bulk return error 503");
    } finally {
      server.stop(0);
    }
    assertThat(requests.getLast())
        .isEqualTo("POST /_bulk {\"index\":{\"_index\":\"net\"}}\n{\"a\":\"b\"}\n");
  }

  @Test
  void what_waits_for_a_server_is_bounded() {
    RuleReplay replay =
        new RuleReplay()
            .rules(
                "local c = require('misc/elasticsearch').connector('http://127.0.0.1:9')",
                "local big = string.rep('x', 1000000)",
                "for i = 1, 40 do c:newindex('i', { text = big }) end",
                "c:insert('i', 't', nil, {})");
    assertThat(replay.text()).contains("requests: the server does not keep up");
  }

  private static String url(HttpServer server) {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private static HttpServer server(List<String> requests, String version, int bulkStatus)
      throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
          String path = exchange.getRequestURI().getPath();
          requests.add(exchange.getRequestMethod() + " " + path + " " + body);
          boolean bulk = path.equals("/_bulk");
          answer(exchange, bulk ? bulkStatus : 200, version);
        });
    server.start();
    return server;
  }

  private static void answer(HttpExchange exchange, int status, String version) throws IOException {
    byte[] body = ("{\"version\": {\"number\" : \"" + version + "\"}}").getBytes(UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Test
  void connections_are_kept_in_tables_by_their_ends() {
    assertThat(
            run(
                "haka.setloglevel('debug', 'conn')",
                "local ipv4 = require('protocol/ipv4')",
                "local a, b = ipv4.addr('1.1.1.1'), ipv4.addr('2.2.2.2')",
                "local t = ipv4.cnx_table()",
                "local c = t:create(a, b, 10, 20)",
                "c.data = 'mine'; c:update_stat('up', 100); c:update_stat('down', 7)",
                "print(c.id, c.in_pkts, c.in_bytes, c.out_pkts, c.out_bytes)",
                "print(pcall(t.create, t, b, a, 20, 10))",
                "local found, direction = t:get(b, a, 20, 10)",
                "print(found == c, found.data, direction, t:get(a, b, 1, 1))",
                "print(t:get_byid(1) == c, #t:all())",
                "c:drop()",
                "print(t:get(a, b, 10, 20)); print(#t:all(), #t:all(true))",
                "local d = t:create(b, a, 20, 10)",
                "d:close()",
                "print(#t:all(true))"))
        .isEqualTo(
            """
            debug conn: opening connection 1.1.1.1:10 -> 2.2.2.2:20
            1 1 100 1 7
            false cnx already exists
            true mine down nil
            true 1
            debug conn: dropping connection 1.1.1.1:10 -> 2.2.2.2:20
            nil up true
            0 1
            debug conn: opening connection 2.2.2.2:20 -> 1.1.1.1:10
            debug conn: closing connection 2.2.2.2:20 -> 1.1.1.1:10
            0\
            """);
  }

  @Test
  void connections_that_are_still_in_a_table_at_the_end_are_released() {
    RuleReplay replay = new RuleReplay();
    replay.rules(
        "haka.setloglevel('debug', 'conn')",
        "local ipv4 = require('protocol/ipv4')",
        "local a, b = ipv4.addr('1.1.1.1'), ipv4.addr('2.2.2.2')",
        "local t, other = ipv4.cnx_table(), ipv4.cnx_table()",
        "t:create(a, b, 10, 20):drop()",
        "t:create(a, b, 11, 20)",
        "other:create(a, b, 12, 20):close()");
    replay.text();
    replay.finish();
    assertThat(replay.text())
        .isEqualTo(
            "debug conn: release connection 1.1.1.1:10 -> 2.2.2.2:20\n"
                + "debug conn: release connection 1.1.1.1:11 -> 2.2.2.2:20");
  }
}
