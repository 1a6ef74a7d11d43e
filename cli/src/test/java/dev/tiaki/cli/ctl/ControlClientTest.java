package dev.tiaki.cli.ctl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What whoever asks is told when there is no engine, or one that behaves badly. */
class ControlClientTest {
  @TempDir Path folder;
  private ServerSocketChannel server;

  @AfterEach
  void close() throws IOException {
    if (server != null) {
      server.close();
    }
  }

  /** Serves one connection: reads what comes first, writes {@code answer}, closes. */
  private ControlClient answeredWith(String answer) throws IOException {
    Path socket = folder.resolve("s");
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    Thread.ofVirtual().start(() -> answer(answer));
    return new ControlClient(socket);
  }

  private void answer(String answer) {
    try (SocketChannel connection = server.accept()) {
      connection.read(ByteBuffer.allocate(1 << 16));
      connection.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String refusal(int status, String message) {
    String body = "{\"error\":{\"message\":\"" + message + "\"}}";
    return "HTTP/1.1 " + status + " No\r\ncontent-length: " + body.length() + "\r\n\r\n" + body;
  }

  @Test
  void without_a_socket_no_engine_is_running() {
    ControlClient client = new ControlClient(folder.resolve("nobody.sock"));
    assertThatThrownBy(() -> client.ask("GET", "/v1/status", null))
        .isInstanceOf(ControlFailure.class)
        .hasMessageStartingWith("no engine is running: there is no socket ")
        .hasMessageContaining("nobody.sock");
  }

  @Test
  void a_socket_that_nobody_serves_any_more_is_told_so() throws IOException {
    Path socket = folder.resolve("s");
    try (ServerSocketChannel gone = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      gone.bind(UnixDomainSocketAddress.of(socket));
    }
    assertThat(Files.exists(socket)).isTrue();
    assertThatThrownBy(() -> new ControlClient(socket).ask("GET", "/v1/status", null))
        .hasMessageContaining("nobody serves " + socket + " any more");
  }

  @Test
  void an_engine_that_goes_away_in_the_middle_of_its_answer_is_told_so() throws IOException {
    ControlClient client = answeredWith("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"half\":");
    assertThatThrownBy(() -> client.ask("GET", "/v1/status", null))
        .isInstanceOf(ControlFailure.class)
        .hasMessageEndingWith("the engine closed the connection in the middle of its answer");
  }

  @Test
  void a_refusal_is_told_in_the_engines_words() throws IOException {
    ControlClient client = answeredWith(refusal(404, "no such rule"));
    assertThatThrownBy(() -> client.ask("GET", "/v1/rules/9", null)).hasMessage("no such rule");
  }

  @Test
  void an_answer_that_is_no_json_is_refused() throws IOException {
    ControlClient client = answeredWith("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello");
    assertThatThrownBy(() -> client.ask("GET", "/v1/status", null))
        .hasMessage("the engine answered /v1/status with something else than JSON");
  }

  @Test
  void lines_of_an_endless_answer_arrive_whole_however_they_are_cut() throws IOException {
    ControlClient client =
        answeredWith(
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"
                + "3\r\none\r\n5\r\n\ntwo\n\r\n1\r\n\n\r\n5\r\nthree\r\n0\r\n\r\n");
    List<String> lines = new ArrayList<>();
    client.follow("/v1/events", lines::add);
    assertThat(lines).containsExactly("one", "two", "three");
  }

  @Test
  void events_that_are_refused_say_why() throws IOException {
    ControlClient client = answeredWith(refusal(503, "too many"));
    assertThatThrownBy(() -> client.follow("/v1/events", line -> {})).hasMessage("too many");
  }
}
