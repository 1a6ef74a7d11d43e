package dev.tiaki.dissector.tls;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The certificates that an end sent, its own first.
 *
 * @param encoded each in DER
 */
public record TlsCertificates(List<byte[]> encoded) {

  static TlsCertificates read(TlsReader message) {
    List<byte[]> found = new ArrayList<>();
    TlsReader all = message.part(message.u24());
    while (!all.isAtEnd()) {
      found.add(all.bytes(all.u24()));
    }
    return new TlsCertificates(List.copyOf(found));
  }

  /** Returns the end's own certificate, or null when there is none or it cannot be read. */
  public @Nullable X509Certificate own() {
    if (encoded.isEmpty()) {
      return null;
    }
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(encoded.getFirst()));
    } catch (CertificateException unreadable) {
      return null;
    }
  }
}
