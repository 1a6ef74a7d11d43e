package dev.tiaki.cli.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tiaki.cli.control.http.TestCertificate;
import dev.tiaki.cli.lab.EchoLoad;
import dev.tiaki.cli.lab.Lab;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A real engine on a real queue, whose control API is asked by the tests of a class. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ControlledGate {
  private static final String TOKEN = "correct-horse-battery-staple";
  static final int HTTPS = 9443;
  static final String RULES =
      """
      local tcp_connection = require('protocol/tcp_connection')
      haka.rule{
        name = 'opened',
        on = tcp_connection.events.new_connection,
        eval = function (flow, tcp) haka.alert{ description = 'a connection', severity = 'low' } end
      }
      haka.rule{
        on = tcp_connection.events.receive_data,
        eval = function (flow, data, direction) end
      }
      """;

  final ObjectMapper mapper = new ObjectMapper();
  Lab lab;
  EchoLoad load;
  Path folder;
  Path output;
  Path rules;
  Path socket;
  Process guard;
  OpenApi description;
  Curl curl;

  @BeforeAll
  void guard(@TempDir Path temporary) throws Exception {
    folder = temporary;
    lab = Lab.up("curl", "promtool", "prometheus", "setpriv");
    load = EchoLoad.serve(lab);
    output = Files.createFile(folder.resolve("output"));
    rules = Files.writeString(folder.resolve("rules.lua"), RULES);
    socket = folder.resolve("control.sock");
    Path token = Files.writeString(folder.resolve("token"), TOKEN);
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
    TestCertificate.in(folder);
    Path config =
        Files.writeString(
            folder.resolve("tiaki.yaml"),
            """
            rules: [%s]
            control:
              socket: %s
              listen: 127.0.0.1:%d
              tls-certificate: %s
              tls-key: %s
              token-file: %s
            """
                .formatted(
                    rules,
                    socket,
                    HTTPS,
                    folder.resolve("cert.pem"),
                    folder.resolve("key.pem"),
                    token));
    guard = lab.tiaki(output, "run", "-c", config.toString());
    Lab.await(guard, output, "tiaki run: ready");
    description = OpenApi.read();
    curl = new Curl(socket);
  }

  @AfterAll
  void stopByTheApi() throws Exception {
    try {
      if (guard != null) {
        assertThat(described("POST", "/v1/stop", "/v1/stop").path("stopping").asBoolean()).isTrue();
        assertThat(guard.waitFor(60, TimeUnit.SECONDS)).as("stopped").isTrue();
        assertThat(guard.exitValue()).as(Files.readString(output)).isZero();
        assertThat(socket).doesNotExist();
      }
    } finally {
      if (load != null) {
        load.close();
        lab.close();
      }
    }
  }

  /** Asks and returns the answer, which must be as it is described. */
  JsonNode described(String method, String pattern, String path, String... more) throws Exception {
    Curl.Got got = curl.ask(method, path, more);
    JsonNode json = got.json();
    assertThat(description.problems(method, pattern, got.status(), json))
        .as(method + " " + path + ": " + got.body())
        .isEmpty();
    return json;
  }

  JsonNode get(String path) throws Exception {
    return described("GET", path.replaceFirst("\\?.*", ""), path);
  }

  /** Returns the row of a connection from the client. */
  JsonNode flow(Socket connection) throws Exception {
    JsonNode page = get("/v1/flows?protocol=tcp&sourcePort=" + connection.getLocalPort());
    assertThat(page.path("flows")).as(page.toString()).hasSize(1);
    return page.path("flows").get(0);
  }
}
