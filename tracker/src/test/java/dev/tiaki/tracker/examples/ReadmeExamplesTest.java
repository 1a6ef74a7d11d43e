package dev.tiaki.tracker.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.tiaki.tracker.Addresses;
import dev.tiaki.tracker.ConnectionInfo;
import dev.tiaki.tracker.ConnectionTracker;
import dev.tiaki.tracker.Dialer;
import dev.tiaki.tracker.DialerOptions;
import dev.tiaki.tracker.ListenerOptions;
import dev.tiaki.tracker.view.ConnectionsHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The examples of tracker/README.md, which must stand there word for word. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ReadmeExamplesTest {
  private final List<String> log = new ArrayList<>();

  @Test
  void incoming_connections_of_a_server() throws Exception {
    // [incoming
    ConnectionTracker tracker = ConnectionTracker.create();

    ServerSocket base = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    ServerSocket server =
        tracker
            .sockets()
            .listen(
                base,
                ListenerOptions.category("optional-category")
                    .onAccept((c, error) -> log.add("accept " + Addresses.remote(c)))
                    .onRead((c, bytes, error) -> log.add("read " + bytes))
                    .onWrite((c, bytes, error) -> log.add("write " + bytes))
                    .onClose((c, error) -> log.add("close " + Addresses.remote(c))));
    // incoming]
    Socket client = new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort());
    client.getOutputStream().write(65);
    Socket accepted = server.accept();
    assertThat(accepted.getInputStream().read()).isEqualTo(65);
    accepted.getOutputStream().write(66);
    accepted.close();
    String peer = "127.0.0.1:" + client.getLocalPort();
    assertThat(log).containsExactly("accept " + peer, "read 1", "write 1", "close " + peer);
    client.close();
    server.close();
  }

  @Test
  void outgoing_connections_of_a_client() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      ConnectionTracker tracker = ConnectionTracker.create();
      int port = server.getLocalPort();
      // [outgoing
      Dialer dialer =
          tracker
              .sockets()
              .dialer(
                  Dialer.PLAIN,
                  DialerOptions.category("optional-category")
                      .onDial((network, address, c, error) -> log.add("dial " + address))
                      .onClose((c, error) -> log.add("close " + Addresses.remote(c))));

      Socket socket = dialer.dial("localhost", port, Duration.ofSeconds(5));
      // outgoing]
      socket.close();
      assertThat(log).containsExactly("dial localhost:" + port, "close 127.0.0.1:" + port);
    }
  }

  @Test
  void the_list_of_active_connections() throws IOException {
    StringBuilder out = new StringBuilder();
    ConnectionTracker tracker = ConnectionTracker.create();
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext("/connections", new ConnectionsHandler(tracker));
    http.start();
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Socket socket =
            tracker
                .sockets()
                .dialer(Dialer.PLAIN, DialerOptions.category("example"))
                .dial("localhost", server.getLocalPort(), Duration.ofSeconds(5))) {
      // [list
      List<ConnectionInfo> infos = tracker.connections();
      for (int i = 0; i < infos.size(); i++) {
        out.append("%d/%d%n".formatted(i + 1, infos.size()));
        out.append(infos.get(i));
      }
      // list]
      assertThat(out.toString()).startsWith("1/1\n Category:       example\n");
      String url = "http://127.0.0.1:" + http.getAddress().getPort() + "/connections";
      String json =
          new String(URI.create(url).toURL().openStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(json).contains("\"category\":\"example\"");
    } finally {
      http.stop(0);
    }
  }

  @Test
  void the_readme_shows_exactly_this_code() throws IOException {
    Path root = Path.of(System.getProperty("tiaki.root", ".."));
    String source =
        Files.readString(
            root.resolve(
                "tracker/src/test/java/dev/tiaki/tracker/examples/ReadmeExamplesTest.java"));
    String readme = Files.readString(root.resolve("tracker/README.md"));
    for (String name : List.of("incoming", "outgoing", "list")) {
      int start = source.indexOf("// [" + name) + name.length() + 5;
      String code = source.substring(start, source.indexOf("// " + name + "]", start));
      assertThat(readme).contains(code.stripIndent().strip());
    }
  }
}
