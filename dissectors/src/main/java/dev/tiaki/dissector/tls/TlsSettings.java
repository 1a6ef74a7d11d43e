package dev.tiaki.dissector.tls;

/**
 * How TLS is read.
 *
 * @param maxHandshakeBytes how large a handshake message may be; beyond it the connection is not
 *     read on
 */
public record TlsSettings(int maxHandshakeBytes) {
  /** 128 KB: certificate chains stay below. */
  public static final TlsSettings DEFAULTS = new TlsSettings(1 << 17);

  /** Refuses bounds that no hello fits. */
  public TlsSettings {
    if (maxHandshakeBytes < 1024) {
      throw new IllegalArgumentException("maxHandshakeBytes=" + maxHandshakeBytes);
    }
  }
}
