package dev.tiaki.dissector.tls;

/** Why a connection is not read on as TLS. */
public enum TlsFault {
  /** It does not begin as TLS does. */
  NOT_TLS("not TLS"),
  /** A record has an unknown type or an impossible length. */
  RECORD("broken record"),
  /** The lengths inside a handshake message contradict each other. */
  MESSAGE("broken handshake message"),
  /** A server hello came that no client hello of the other end asked for. */
  UNASKED("server hello without a client hello"),
  /** A handshake message is larger than any that is read. */
  TOO_LARGE("handshake message is too large");

  private final String words;

  TlsFault(String words) {
    this.words = words;
  }

  /** Returns the fault in words. */
  public String words() {
    return words;
  }
}
