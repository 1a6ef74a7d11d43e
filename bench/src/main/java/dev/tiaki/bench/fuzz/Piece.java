package dev.tiaki.bench.fuzz;

/** What one end sends at once: stream data, the data of a datagram, or a whole frame. */
final class Piece {
  private final boolean fromClient;
  private final byte[] octets;

  private Piece(boolean fromClient, byte[] octets) {
    this.fromClient = fromClient;
    this.octets = octets;
  }

  static Piece up(byte[] octets) {
    return new Piece(true, octets);
  }

  static Piece down(byte[] octets) {
    return new Piece(false, octets);
  }

  Piece with(byte[] other) {
    return new Piece(fromClient, other);
  }

  boolean fromClient() {
    return fromClient;
  }

  byte[] octets() {
    return octets;
  }
}
