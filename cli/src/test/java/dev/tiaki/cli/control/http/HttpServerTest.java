package dev.tiaki.cli.control.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiaki.tracker.ConnectionTracker;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What comes over the socket is answered, or refused by a clear word, and nothing stops. */
@Timeout(120)
class HttpServerTest {
  private static final long REQUEST_MILLIS = 300;

  @TempDir Path folder;

  private final ConnectionTracker tracker = ConnectionTracker.create();
  private final CountDownLatch leave = new CountDownLatch(1);
  private final Routes routes =
      new Routes()
          .add(
              "GET",
              "/hello/{name}",
              request -> {
                request.requireOnly(java.util.Set.of("loud"));
                return Reply.json(Map.of("hello", request.variable("name")));
              })
          .add("POST", "/echo", request -> new Reply.Text(200, "text/plain", request.body()))
          .add(
              "GET",
              "/broken",
              request -> {
                throw new IllegalStateException("something broke");
              })
          .add(
              "GET",
              "/slow",
              request -> {
                leave.await();
                return Reply.json(Map.of("slow", true));
              });
  private HttpServer server;
  private Path socket;

  @BeforeEach
  void serve() throws IOException {
    socket = folder.resolve("control.sock");
    server = new HttpServer(routes, tracker, REQUEST_MILLIS);
    server.listen(socket, null);
  }

  @AfterEach
  void stop() throws IOException {
    leave.countDown();
    server.close();
  }

  @Test
  void a_request_is_answered_by_json() throws IOException {
    assertThat(UnixClient.get(socket, "/hello/world"))
        .startsWith("HTTP/1.1 200 OK\r\n")
        .contains("content-type: application/json")
        .endsWith("\r\n\r\n{\"hello\":\"world\"}\n");
  }

  @Test
  void several_requests_follow_each_other_on_one_connection() throws IOException {
    try (UnixClient client = new UnixClient(socket)) {
      client.say(
          "GET /hello/one HTTP/1.1\r\nHost: x\r\n\r\nGET /hello/two HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(client.hear("two"))
          .containsSubsequence("{\"hello\":\"one\"}", "{\"hello\":\"two\"}");
      client.say("GET /hello/three HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(client.hear("three")).contains("{\"hello\":\"three\"}");
    }
  }

  @Test
  void what_is_not_there_or_makes_no_sense_is_refused() throws IOException {
    assertThat(UnixClient.get(socket, "/nothing"))
        .startsWith("HTTP/1.1 404 ")
        .contains("there is nothing at /nothing");
    assertThat(UnixClient.get(socket, "/echo"))
        .startsWith("HTTP/1.1 405 ")
        .contains("/echo takes POST, not GET");
    assertThat(UnixClient.get(socket, "/hello/you?quiet=1"))
        .startsWith("HTTP/1.1 400 ")
        .contains("there is no parameter 'quiet' here, only loud");
    assertThat(UnixClient.get(socket, "/broken"))
        .startsWith("HTTP/1.1 500 ")
        .contains("something broke");
  }

  @Test
  void what_is_no_http_is_refused() throws IOException {
    try (UnixClient client = new UnixClient(socket)) {
      client.say("\1\2\3 \377 nonsense\r\n\r\n");
      assertThat(client.hear("\0")).startsWith("HTTP/1.1 400 ");
    }
    try (UnixClient client = new UnixClient(socket)) {
      client.say("GET /" + "x".repeat(100_000) + " HTTP/1.1\r\n\r\n");
      assertThat(client.hear("details")).startsWith("HTTP/1.1 4");
    }
    assertThat(UnixClient.get(socket, "/hello/still")).contains("200 OK");
  }

  @Test
  void a_body_of_a_gigabyte_is_refused_unread() throws IOException {
    try (UnixClient client = new UnixClient(socket)) {
      client.say("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1073741824\r\n\r\n");
      assertThat(client.hear("details"))
          .startsWith("HTTP/1.1 413 ")
          .contains("a body has at most 65536 bytes");
      String mebibyte = "x".repeat(1 << 20);
      Thread.ofVirtual()
          .start(() -> {
            for (int i = 0; i < 1024; i++) {
              if (!client.say(mebibyte)) {
                return;
              }
            }
          });
      client.hear("\0");
    }
    // the pipe's buffers took some; the server read next to nothing
    assertThat(tracker.connections()).allMatch(info -> info.readBytes() < 1 << 20);
  }

  @Test
  void a_client_that_waits_for_leave_is_refused_before_it_sends() throws IOException {
    try (UnixClient client = new UnixClient(socket)) {
      client.say(
          "POST /echo HTTP/1.1\r\n"
              + "Host: x\r\n"
              + "Expect: 100-continue\r\n"
              + "Content-Length: 99999999\r\n\r\n");
      assertThat(client.hear("details")).startsWith("HTTP/1.1 413 ");
    }
    try (UnixClient client = new UnixClient(socket)) {
      client.say(
          "POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
      assertThat(client.hear("100 Continue")).startsWith("HTTP/1.1 100 ");
      client.say("hello");
      assertThat(client.hear("hello")).contains("200 OK");
    }
  }

  @Test
  void a_body_in_pieces_that_grows_too_large_is_refused() throws IOException {
    try (UnixClient client = new UnixClient(socket)) {
      client.say("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
      String piece = "4000\r\n" + "x".repeat(0x4000) + "\r\n";
      client.say(piece.repeat(5));
      assertThat(client.hear("details")).startsWith("HTTP/1.1 413 ");
    }
  }

  @Test
  void a_request_that_is_half_sent_ends_in_time() throws IOException {
    try (UnixClient client = new UnixClient(socket)) {
      client.say("GET /hello/world HTTP/1.1\r\nHos");
      assertThat(client.hear("\0"))
          .startsWith("HTTP/1.1 408 ")
          .contains("the request did not come in time");
    }
    try (UnixClient client = new UnixClient(socket)) {
      client.say("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf");
      assertThat(client.hear("\0")).startsWith("HTTP/1.1 408 ");
    }
  }

  @Test
  void one_connection_too_many_is_told_so() throws Exception {
    List<UnixClient> clients = new ArrayList<>();
    for (int i = 0; i < HttpServer.MAX_CONNECTIONS; i++) {
      UnixClient client = new UnixClient(socket);
      client.say("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
      clients.add(client);
    }
    try (UnixClient client = new UnixClient(socket)) {
      assertThat(client.hear("details"))
          .startsWith("HTTP/1.1 503 ")
          .contains("too many connections at once");
    }
    leave.countDown();
    for (UnixClient client : clients) {
      assertThat(client.hear("true")).contains("{\"slow\":true}");
      client.close();
    }
    assertThat(eventuallyGet("/hello/again")).contains("200 OK");
  }

  @Test
  void ten_thousand_requests_at_once_are_answered_or_refused() throws Exception {
    AtomicInteger answered = new AtomicInteger();
    AtomicInteger refused = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                try {
                  String answer = UnixClient.get(socket, "/hello/many");
                  (answer.contains("200 OK") ? answered : refused).incrementAndGet();
                } catch (IOException noRoomForAnother) {
                  refused.incrementAndGet();
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(answered.get() + refused.get()).isEqualTo(10_000);
    assertThat(answered.get()).isPositive();
    assertThat(eventuallyGet("/hello/afterwards")).contains("200 OK");
  }

  /** Closed connections are noticed a moment later. */
  private String eventuallyGet(String path) throws IOException {
    String answer = UnixClient.get(socket, path);
    while (!answer.contains("200 OK")) {
      Thread.onSpinWait();
      answer = UnixClient.get(socket, path);
    }
    return answer;
  }

  @Test
  void only_the_owner_may_use_the_socket() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
        .isEqualTo("rw-------");
    Path shared = folder.resolve("shared.sock");
    try (HttpServer other = new HttpServer(routes, tracker)) {
      other.listen(shared, Files.getAttribute(folder, "posix:group").toString());
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(shared)))
          .isEqualTo("rw-rw----");
    }
    assertThat(shared).doesNotExist();
  }

  @Test
  void a_socket_that_is_served_is_refused() throws IOException {
    try (HttpServer second = new HttpServer(routes, tracker)) {
      assertThatThrownBy(() -> second.listen(socket, null))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("another process serves this control socket");
    }
    assertThat(UnixClient.get(socket, "/hello/first")).contains("200 OK");
  }

  @Test
  void a_socket_that_a_killed_process_left_is_taken_over() throws IOException {
    Path stale = folder.resolve("stale.sock");
    ServerSocketChannel.open(StandardProtocolFamily.UNIX)
        .bind(UnixDomainSocketAddress.of(stale))
        .close();
    assertThat(stale).exists();
    try (HttpServer other = new HttpServer(routes, tracker)) {
      other.listen(stale, null);
      assertThat(UnixClient.get(stale, "/hello/again")).contains("200 OK");
    }
    assertThat(stale).doesNotExist();
  }

  @Test
  void another_file_is_not_replaced() throws IOException {
    Path file = Files.writeString(folder.resolve("notes.txt"), "mine");
    try (HttpServer other = new HttpServer(routes, tracker)) {
      assertThatThrownBy(() -> other.listen(file, null))
          .hasMessageContaining("exists and is no socket");
      assertThatThrownBy(() -> other.listen(folder.resolve("no/such.sock"), null))
          .hasMessageContaining("the folder of the control socket does not exist");
      assertThatThrownBy(() -> other.listen(folder.resolve("g.sock"), "no-such-group"))
          .hasMessageContaining("there is no group 'no-such-group'");
    }
    assertThat(file).hasContent("mine");
    try (var left = Files.list(folder)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("notes.txt", "control.sock");
    }
  }

  @Test
  void who_is_connected_is_listed() throws IOException {
    try (UnixClient client = new UnixClient(socket)) {
      client.say("GET /hello/me HTTP/1.1\r\nHost: x\r\n\r\n");
      client.hear("me");
      assertThat(tracker.connections()).hasSize(1);
      assertThat(tracker.connections().getFirst().category()).isEqualTo("unix");
    }
  }
}
