package dev.tiaki.dissector.tls;

/** Ends the reading of a handshake message whose lengths lie; never leaves the package. */
final class BrokenHandshake extends RuntimeException {
  private static final long serialVersionUID = 1;

  BrokenHandshake() {
    super("broken handshake message", null, false, false);
  }
}
