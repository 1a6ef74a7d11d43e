package dev.tiaki.dissector.tls;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client offers, RFC 8446 section 4.1.2. Lists are in the order of the wire, GREASE
 * included.
 *
 * @param legacyVersion the version in the message itself
 * @param versions those of the extension supported_versions, empty without it
 * @param sessionId the octets of the session's number, which may be none
 * @param ciphers the cipher suites
 * @param extensions the extensions' numbers
 * @param serverName the host's name, one character an octet, or null
 * @param protocols the protocols of ALPN, one character an octet
 * @param groups the groups for the key exchange
 * @param pointFormats the formats of points on curves
 * @param signatureAlgorithms the signature algorithms
 * @param encrypted whether there is an encrypted client hello, so that the name may be a mere front
 */
@SuppressWarnings("ArrayRecordComponent") // the octets of one message, compared by nobody
public record ClientHello(
    int legacyVersion,
    List<Integer> versions,
    byte[] sessionId,
    List<Integer> ciphers,
    List<Integer> extensions,
    @Nullable String serverName,
    List<String> protocols,
    List<Integer> groups,
    List<Integer> pointFormats,
    List<Integer> signatureAlgorithms,
    boolean encrypted) {
  private static final int RANDOM_BYTES = 32;

  static ClientHello read(TlsReader message) {
    int version = message.u16();
    message.skip(RANDOM_BYTES);
    byte[] sessionId = message.bytes(message.u8());
    List<Integer> ciphers = message.part(message.u16()).numbers();
    message.skip(message.u8()); // compression methods
    TlsExtensions found = TlsExtensions.read(message, true);
    return new ClientHello(
        version,
        found.versions,
        sessionId,
        ciphers,
        List.copyOf(found.numbers),
        found.serverName,
        found.protocols,
        found.groups,
        found.pointFormats,
        found.signatureAlgorithms,
        found.encrypted);
  }

  /** Returns the highest version that the client offers. */
  public int version() {
    return Grease.without(versions).stream()
        .mapToInt(Integer::intValue)
        .max()
        .orElse(legacyVersion);
  }

  /** Tells whether the client mixes in numbers that mean nothing (RFC 8701). */
  public boolean hasGrease() {
    return Grease.anyIn(ciphers) || Grease.anyIn(extensions) || Grease.anyIn(groups);
  }

  /** Returns the text that the fingerprint JA3 is made of. */
  public String ja3Text() {
    return Fingerprints.ja3Text(this);
  }

  /** Returns the fingerprint JA3, 32 hexadecimal digits. */
  public String ja3() {
    return Fingerprints.md5(ja3Text());
  }

  /** Returns the fingerprint JA4 of a client over TCP. */
  public String ja4() {
    return Fingerprints.ja4(this);
  }
}
