package dev.tiaki.cli.control.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate for {@code localhost} that signs itself, made by the JDK's keytool. */
public final class TestCertificate {
  private static final String PASSWORD = "changeit";

  private final Path folder;
  private final KeyStore store;

  private TestCertificate(Path folder, KeyStore store) {
    this.folder = folder;
    this.store = store;
  }

  /** Makes one; its files are in {@code folder}. */
  public static TestCertificate in(Path folder)
      throws IOException, GeneralSecurityException, InterruptedException {
    Path file = folder.resolve("store.p12");
    Process keytool =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-alias",
                    "one",
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=localhost",
                    "-ext",
                    "SAN=dns:localhost,ip:127.0.0.1",
                    "-validity",
                    "2",
                    "-storetype",
                    "PKCS12",
                    "-storepass",
                    PASSWORD,
                    "-keystore",
                    file.toString()))
            .redirectErrorStream(true)
            .start();
    String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (keytool.waitFor() != 0) {
      throw new IOException(output);
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    TestCertificate made = new TestCertificate(folder, store);
    made.write("cert.pem", "CERTIFICATE", store.getCertificate("one").getEncoded());
    made.write("key.pem", "PRIVATE KEY", store.getKey("one", PASSWORD.toCharArray()).getEncoded());
    return made;
  }

  private void write(String name, String kind, byte[] content) throws IOException {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    Files.writeString(
        folder.resolve(name),
        "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(kind, text, kind));
  }

  /** Returns what a server needs. */
  public Tls tls() {
    return new Tls(folder.resolve("cert.pem"), folder.resolve("key.pem"));
  }

  /** Returns what a client needs that trusts it. */
  SSLContext trusting() throws GeneralSecurityException, IOException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("one", store.getCertificate("one"));
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }
}
