package dev.tiaki.dissector.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.tiaki.engine.buffer.BufferIterator;
import java.util.Set;

/**
 * Tells whether the first data of a connection are an HTTP request, at whatever port. It answers no
 * where another protocol could begin the same way: what is taken for HTTP and is none is dropped.
 */
final class RequestStart {
  /** Methods of RFC 9110, RFC 5789, RFC 4918 and RFC 3253, as long ones as their names here. */
  private static final Set<String> METHODS =
      Set.of(
          "GET",
          "HEAD",
          "POST",
          "PUT",
          "DELETE",
          "CONNECT",
          "OPTIONS",
          "TRACE",
          "PATCH",
          "PROPFIND",
          "PROPPATCH",
          "MKCOL",
          "COPY",
          "MOVE",
          "LOCK",
          "UNLOCK",
          "REPORT");

  private static final int LONGEST_METHOD = 9;

  /** How far the end of the request line is looked for, octets. */
  private static final int MAX_LINE_BYTES = 4096;

  private RequestStart() {}

  /**
   * Looks at the octets from {@code current} on, which stays where it is. A request line that is
   * all there ends with its version; of one that is not, the target's beginning decides.
   */
  static boolean isAt(BufferIterator current) {
    BufferIterator at = current.copy();
    if (!METHODS.contains(word(at))) {
      return false;
    }
    StringBuilder line = new StringBuilder();
    int octet = at.read();
    while (octet >= 0 && octet != '\n' && line.length() < MAX_LINE_BYTES) {
      line.append((char) octet);
      octet = at.read();
    }
    return octet == '\n' ? endsWithVersion(line.toString().strip()) : beginsAsTarget(line);
  }

  /** Returns what stands before the first blank, or nothing when that is no method. */
  private static String word(BufferIterator at) {
    byte[] word = new byte[LONGEST_METHOD];
    for (int i = 0; i <= LONGEST_METHOD; i++) {
      int octet = at.read();
      if (octet == ' ') {
        return new String(word, 0, i, ISO_8859_1);
      }
      if (octet < 'A' || octet > 'Z' || i == LONGEST_METHOD) {
        return "";
      }
      word[i] = (byte) octet;
    }
    return "";
  }

  private static boolean endsWithVersion(String line) {
    return line.endsWith(" HTTP/1.1") || line.endsWith(" HTTP/1.0");
  }

  private static boolean beginsAsTarget(CharSequence line) {
    String target = line.toString();
    return target.startsWith("/") || target.regionMatches(true, 0, "http://", 0, 7);
  }
}
