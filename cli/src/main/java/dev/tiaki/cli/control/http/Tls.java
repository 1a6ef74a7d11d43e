package dev.tiaki.cli.control.http;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLException;

/**
 * What TLS needs.
 *
 * @param certificate the server's certificate and those that signed it, PEM
 * @param key its private key, PEM (PKCS #8), not encrypted
 */
public record Tls(Path certificate, Path key) {
  /**
   * Reads both.
   *
   * @throws IOException when one cannot be read or used
   */
  SslContext load() throws IOException {
    for (Path file : new Path[] {certificate, key}) {
      if (!Files.isReadable(file)) {
        throw new IOException(file + ": cannot be read, TLS of the control API needs it");
      }
    }
    try {
      return SslContextBuilder.forServer(certificate.toFile(), key.toFile())
          .sslProvider(SslProvider.JDK)
          .protocols("TLSv1.3", "TLSv1.2")
          .build();
    } catch (SSLException | IllegalArgumentException e) {
      throw new IOException(
          certificate + ", " + key + ": no certificate and key for TLS: " + e.getMessage(), e);
    }
  }
}
