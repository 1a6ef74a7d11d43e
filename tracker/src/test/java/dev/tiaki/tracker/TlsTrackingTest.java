package dev.tiaki.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TlsTrackingTest {
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final byte[] MESSAGE = new byte[1_000];

  @TempDir private static Path folder;
  private static SSLContext tls;

  private final ConnectionTracker tracker = ConnectionTracker.create();

  @BeforeAll
  static void make_a_certificate_of_our_own() throws Exception {
    Path store = folder.resolve("key.p12");
    List<String> keytool =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-keyalg",
            "EC",
            "-alias",
            "test",
            "-dname",
            "CN=localhost",
            "-storetype",
            "PKCS12",
            "-storepass",
            new String(PASSWORD),
            "-keystore",
            store.toString());
    assertThat(new ProcessBuilder(keytool).start().waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    KeyManagerFactory key = KeyManagerFactory.getInstance("PKIX");
    key.init(keys, PASSWORD);
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(keys);
    tls = SSLContext.getInstance("TLS");
    tls.init(key.getKeyManagers(), trust.getTrustManagers(), null);
  }

  private static ServerSocket server() throws IOException {
    return tls.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  private ConnectionInfo exchange(SSLSocketFactory factory, int port) throws IOException {
    try (Socket socket = factory.createSocket("127.0.0.1", port)) {
      socket.getOutputStream().write(MESSAGE);
      assertThat(socket.getInputStream().readNBytes(MESSAGE.length)).hasSize(MESSAGE.length);
      return tracker.connections().getFirst();
    }
  }

  @Test
  void a13_above_tls_the_plain_bytes_are_counted() throws IOException {
    try (Echo echo = new Echo(server())) {
      SSLSocketFactory factory =
          tracker.sockets().aboveTls(tls.getSocketFactory(), DialerOptions.category("above"));
      ConnectionInfo info = exchange(factory, echo.port());
      assertThat(info.writtenBytes()).isEqualTo(MESSAGE.length);
      assertThat(info.readBytes()).isEqualTo(MESSAGE.length);
      assertThat(tracker.size()).isZero();
      try (Socket socket = factory.createSocket("127.0.0.1", echo.port())) {
        assertThat(socket).isInstanceOf(SSLSocket.class);
        ((SSLSocket) socket).startHandshake();
        assertThat(((SSLSocket) socket).getSession().isValid()).isTrue();
      }
    }
  }

  @Test
  void a13_below_tls_the_encrypted_bytes_are_counted() throws IOException {
    try (Echo echo = new Echo(server())) {
      SSLSocketFactory factory =
          tracker.sockets().belowTls(tls.getSocketFactory(), DialerOptions.category("below"));
      ConnectionInfo info = exchange(factory, echo.port());
      assertThat(info.writtenBytes()).isGreaterThan(MESSAGE.length + 100);
      assertThat(info.readBytes()).isGreaterThan(MESSAGE.length + 100);
      assertThat(tracker.size()).isZero();
    }
  }
}
