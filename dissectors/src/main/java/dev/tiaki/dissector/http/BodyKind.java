package dev.tiaki.dissector.http;

/** Where the body of a message ends (RFC 9112 section 6.3). */
enum BodyKind {
  NONE,
  LENGTH,
  CHUNKED,
  UNTIL_CLOSE,
  /** There is none; what follows is another protocol. */
  TUNNEL;

  /** Tells whether its end is marked in the stream, by a length or by chunks. */
  boolean isFramed() {
    return this == LENGTH || this == CHUNKED;
  }
}
