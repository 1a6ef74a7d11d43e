package dev.tiaki.cli.eve;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tiaki.dissector.tls.ClientHello;
import dev.tiaki.dissector.tls.ServerHello;
import dev.tiaki.dissector.tls.TlsCertificates;
import dev.tiaki.dissector.tls.TlsFlow;
import dev.tiaki.dissector.tls.TlsVersions;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Date;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The {@code tls} object of an EVE record. */
final class EveTls {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

  private EveTls() {}

  static void write(JsonGenerator json, TlsFlow tls) throws IOException {
    json.writeObjectFieldStart("tls");
    certificate(json, tls.certificates());
    ClientHello client = tls.clientHello();
    ServerHello server = tls.serverHello();
    if (client != null && client.serverName() != null) {
      json.writeStringField("sni", client.serverName());
    }
    int version = server != null ? server.version() : client != null ? client.version() : 0;
    json.writeStringField("version", TlsVersions.name(version));
    if (client != null) {
      fingerprint(json, "ja3", client.ja3(), client.ja3Text());
    }
    if (server != null) {
      fingerprint(json, "ja3s", server.ja3s(), server.ja3sText());
    }
    if (client != null) {
      json.writeStringField("ja4", client.ja4());
      if (!client.protocols().isEmpty()) {
        json.writeArrayFieldStart("client_alpns");
        for (String protocol : client.protocols()) {
          json.writeString(protocol);
        }
        json.writeEndArray();
      }
    }
    if (server != null && server.protocol() != null) {
      json.writeArrayFieldStart("server_alpns");
      json.writeString(server.protocol());
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private static void fingerprint(JsonGenerator json, String name, String hash, String text)
      throws IOException {
    json.writeObjectFieldStart(name);
    json.writeStringField("hash", hash);
    json.writeStringField("string", text);
    json.writeEndObject();
  }

  private static void certificate(JsonGenerator json, @Nullable TlsCertificates certificates)
      throws IOException {
    X509Certificate own = certificates == null ? null : certificates.own();
    if (certificates == null || own == null) {
      return;
    }
    json.writeStringField("subject", own.getSubjectX500Principal().toString());
    json.writeStringField("issuerdn", own.getIssuerX500Principal().toString());
    HexFormat colons = HexFormat.ofDelimiter(":");
    json.writeStringField(
        "serial", colons.formatHex(own.getSerialNumber().toByteArray()).toUpperCase(Locale.ROOT));
    json.writeStringField("fingerprint", colons.formatHex(sha1(certificates.encoded().getFirst())));
    json.writeStringField("notbefore", day(own.getNotBefore()));
    json.writeStringField("notafter", day(own.getNotAfter()));
  }

  private static String day(Date date) {
    return DAY.format(date.toInstant());
  }

  private static byte[] sha1(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-1").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-1", e);
    }
  }
}
