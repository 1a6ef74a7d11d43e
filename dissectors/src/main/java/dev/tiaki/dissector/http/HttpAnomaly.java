package dev.tiaki.dissector.http;

/**
 * A shape of message that two readers may understand differently, by which requests are smuggled
 * past one of them (RFC 9112 section 11.2), or that passes a bound.
 */
public enum HttpAnomaly {
  /** Both {@code Content-Length} and {@code Transfer-Encoding}. */
  LENGTH_AND_ENCODING("content length beside a transfer encoding", true),
  /** Several {@code Content-Length} that differ. */
  CONFLICTING_LENGTHS("content lengths that differ", true),
  /** Several {@code Content-Length} that say the same. */
  REPEATED_LENGTH("content length said twice", false),
  /** A {@code Content-Length} that is no number. */
  INVALID_LENGTH("content length that is no number", true),
  /** A {@code Transfer-Encoding} whose last word is not {@code chunked}, in a request. */
  INVALID_ENCODING("transfer encoding that does not end in chunked", true),
  /** A chunk size that is no number, or not below 2^63. */
  INVALID_CHUNK("chunk that is malformed", true),
  /** A header that goes on in a second line. */
  FOLDED_HEADER("folded header", false),
  /** A line that ends without a carriage return. */
  BARE_LINE_FEED("line end without carriage return", false),
  /** A head that is longer than the bound. */
  HEAD_TOO_LONG("message head that is too long", true),
  /** More requests without a response than the bound. */
  TOO_MANY_REQUESTS("too many requests without a response", true),
  /** A body that would have to be kept to the end, and is longer than the bound. */
  BODY_TOO_LONG("edited body that is too long to be kept", true),
  /** A compressed body that grows beyond the bound. */
  DECOMPRESSION_BOMB("compressed body that grows too much", false);

  private final String words;
  private final boolean ambiguous;

  HttpAnomaly(String words, boolean ambiguous) {
    this.words = words;
    this.ambiguous = ambiguous;
  }

  /** Returns the name as rules see it, such as {@code length_and_encoding}. */
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /** Returns what is wrong, in words. */
  public String description() {
    return words;
  }

  /** Tells whether the connection is dropped with an alert when no rule decides about it. */
  public boolean isAmbiguous() {
    return ambiguous;
  }
}
