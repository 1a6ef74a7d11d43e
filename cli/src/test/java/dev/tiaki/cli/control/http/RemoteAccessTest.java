package dev.tiaki.cli.control.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiaki.tracker.ConnectionTracker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over TCP nobody is served without TLS and the token. */
class RemoteAccessTest {
  private static final String TOKEN = "correct-horse-battery-staple";

  @TempDir Path folder;

  private TestCertificate certificate;
  private HttpServer server;
  private InetSocketAddress address;

  @BeforeEach
  void serve() throws Exception {
    certificate = TestCertificate.in(folder);
    Path token = secret(folder.resolve("token"), TOKEN + "\n");
    server =
        new HttpServer(
            new Routes().add("GET", "/hello", request -> Reply.json(Map.of("hello", "you"))),
            ConnectionTracker.create());
    address =
        server.listen(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            certificate.tls(),
            BearerToken.read(token));
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private static Path secret(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return file;
  }

  private HttpResponse<String> get(String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("https://localhost:" + address.getPort() + "/hello"));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try (HttpClient client = HttpClient.newBuilder().sslContext(certificate.trusting()).build()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  @Test
  void the_right_token_is_served() throws Exception {
    HttpResponse<String> answer = get("Authorization", "Bearer " + TOKEN);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"hello\":\"you\"}\n");
  }

  @Test
  void no_token_and_a_wrong_one_are_refused() throws Exception {
    HttpResponse<String> none = get();
    assertThat(none.statusCode()).isEqualTo(401);
    assertThat(none.headers().firstValue("www-authenticate")).hasValue("Bearer");
    assertThat(none.body()).contains("a token is needed");
    for (String wrong :
        new String[] {"Bearer nonsense", "Bearer " + TOKEN + "x", "Basic " + TOKEN}) {
      HttpResponse<String> answer = get("Authorization", wrong);
      assertThat(answer.statusCode()).as(wrong).isEqualTo(401);
      assertThat(answer.body()).contains("the token is wrong");
    }
  }

  @Test
  void a_client_without_tls_gets_nothing() throws Exception {
    try (Socket plain = new Socket(address.getAddress(), address.getPort())) {
      plain
          .getOutputStream()
          .write(
              ("GET /hello HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + TOKEN + "\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      String heard = new String(plain.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      assertThat(heard).doesNotContain("hello");
    }
  }

  @Test
  void a_token_that_is_no_secret_is_not_taken() throws IOException {
    Path file = secret(folder.resolve("other"), "short");
    assertThatThrownBy(() -> BearerToken.read(file)).hasMessageContaining("at least 16");
    Files.writeString(file, "long enough, but with blanks");
    assertThatThrownBy(() -> BearerToken.read(file)).hasMessageContaining("printable ASCII");
    Files.writeString(file, TOKEN);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> BearerToken.read(file))
        .hasMessageContaining("everybody may read the token");
    assertThatThrownBy(() -> BearerToken.read(folder.resolve("missing")))
        .hasMessageContaining("the token cannot be read");
  }

  @Test
  void files_that_are_no_certificate_are_named() throws IOException {
    Path nonsense = Files.writeString(folder.resolve("nonsense.pem"), "nonsense");
    assertThatThrownBy(() -> new Tls(nonsense, nonsense).load())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("nonsense.pem");
    assertThatThrownBy(() -> new Tls(folder.resolve("missing.pem"), nonsense).load())
        .hasMessageContaining("missing.pem: cannot be read");
  }
}
