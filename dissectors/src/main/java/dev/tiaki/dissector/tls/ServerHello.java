package dev.tiaki.dissector.tls;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server chose, RFC 8446 section 4.1.3.
 *
 * @param legacyVersion the version in the message itself
 * @param version the version chosen, with the extension supported_versions heeded
 * @param cipher the cipher suite
 * @param extensions the extensions' numbers in their order
 * @param protocol the protocol of ALPN, or null
 * @param retry whether it asks for another client hello
 */
public record ServerHello(
    int legacyVersion,
    int version,
    int cipher,
    List<Integer> extensions,
    @Nullable String protocol,
    boolean retry) {
  private static final int RANDOM_BYTES = 32;

  /** RFC 8446 section 4.1.3: the SHA-256 of "HelloRetryRequest". */
  private static final byte[] RETRY =
      HexFormat.of().parseHex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c");

  static ServerHello read(TlsReader message) {
    int legacy = message.u16();
    boolean retry = Arrays.equals(message.bytes(RANDOM_BYTES), RETRY);
    message.skip(message.u8()); // session
    int cipher = message.u16();
    message.skip(1); // compression method
    TlsExtensions found = TlsExtensions.read(message, false);
    return new ServerHello(
        legacy,
        found.versions.isEmpty() ? legacy : found.versions.getFirst(),
        cipher,
        List.copyOf(found.numbers),
        found.protocols.isEmpty() ? null : found.protocols.getFirst(),
        retry);
  }

  /** Returns the text that the fingerprint JA3S is made of. */
  public String ja3sText() {
    return legacyVersion + "," + cipher + "," + Fingerprints.joined(Grease.without(extensions));
  }

  /** Returns the fingerprint JA3S, 32 hexadecimal digits. */
  public String ja3s() {
    return Fingerprints.md5(ja3sText());
  }
}
