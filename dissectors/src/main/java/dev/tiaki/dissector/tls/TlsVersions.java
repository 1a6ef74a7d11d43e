package dev.tiaki.dissector.tls;

/** Versions of the protocol by their number on the wire. */
public final class TlsVersions {
  /** TLS 1.3. */
  public static final int TLS_1_3 = 0x0304;

  private TlsVersions() {}

  /** Returns the version as people write it, or its number in hexadecimal. */
  public static String name(int version) {
    return switch (version) {
      case 0x0200, 0x0002 -> "SSLv2";
      case 0x0300 -> "SSLv3";
      case 0x0301 -> "TLS 1.0";
      case 0x0302 -> "TLS 1.1";
      case 0x0303 -> "TLS 1.2";
      case TLS_1_3 -> "TLS 1.3";
      default -> "0x%04x".formatted(version);
    };
  }
}
