package dev.tiaki.dissector.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** Names and words of headers that are written into messages. */
final class Headers {
  static final byte[] TRANSFER_ENCODING = "Transfer-Encoding".getBytes(ISO_8859_1);
  static final byte[] CONTENT_LENGTH = "Content-Length".getBytes(ISO_8859_1);
  static final byte[] CHUNKED = "chunked".getBytes(ISO_8859_1);

  private Headers() {}
}
